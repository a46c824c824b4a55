import type { Span } from '../../text/sourceText.ts';
import type { SyntaxProblem } from '../language.ts';
import type { CheckDirective, DockerfileDirective } from './dockerfileFile.ts';
import type { DocumentLine } from './documentLines.ts';

const DIRECTIVE = /^(\s*#\s*)([A-Za-z][A-Za-z0-9]*)(\s*=\s*)(.+?)\s*$/;
const NAMES = ['syntax', 'escape', 'check'];

/** Reads the directives at the top of a file, line by line, until the first line that is none. */
export class DirectiveReader {
  readonly directives: DockerfileDirective[] = [];
  escape: '\\' | '`' = '\\';
  check: CheckDirective | undefined;
  readonly #problems: SyntaxProblem[];
  #open = true;

  constructor(problems: SyntaxProblem[]) {
    this.#problems = problems;
  }

  /** True when the line was a directive. */
  read(line: DocumentLine, isFirst: boolean): boolean {
    if (!this.#open) return false;
    if (isFirst && line.text.startsWith('#!')) return false;
    const match = DIRECTIVE.exec(line.text);
    const name = match?.[2]?.toLowerCase();
    if (!match || name === undefined || !NAMES.includes(name)) {
      this.#open = false;
      return false;
    }
    const hash = line.text.indexOf('#');
    const valueStart = line.start + match[1]!.length + match[2]!.length + match[3]!.length;
    const value = match[4]!;
    const directive: DockerfileDirective = {
      name,
      value,
      span: { start: line.start + hash, end: line.end },
      valueSpan: { start: valueStart, end: valueStart + value.length },
    };
    if (this.directives.some((one) => one.name === name)) {
      this.#report('duplicate-directive', `The directive "${name}" may be given only once.`, directive.span);
      return true;
    }
    this.directives.push(directive);
    if (name === 'escape') this.#setEscape(directive);
    if (name === 'check') this.check = readCheck(directive);
    return true;
  }

  #setEscape(directive: DockerfileDirective): void {
    if (directive.value === '\\' || directive.value === '`') this.escape = directive.value;
    else {
      this.#report('escape-directive', 'The escape character is \\ or a backtick.', directive.valueSpan);
    }
  }

  #report(code: string, message: string, span: Span): void {
    this.#problems.push({ code, message, span, severity: 'error' });
  }
}

/** Reads `skip=A,B;error=true;experimental=all`. Unknown parts are left to the builder. */
function readCheck(directive: DockerfileDirective): CheckDirective {
  let skip: readonly string[] = [];
  let error = false;
  for (const part of directive.value.split(';')) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const key = part.slice(0, equals).trim();
    const value = part.slice(equals + 1).trim();
    if (key === 'skip') {
      skip = value
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
    } else if (key === 'error') error = value.toLowerCase() === 'true' || value === '1';
  }
  return { skip, error, span: directive.span };
}
