import { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language, ParsedFile, SyntaxProblem } from '../language.ts';
import { type PythonRequirement, readRequirement } from './requirement.ts';

/** The resource type of a file of requirements; its `model` is the `RequirementsFile`. */
export const PYTHON_REQUIREMENTS = 'application/PythonRequirements';

/** `-r other.txt` or `-c constraints.txt`. */
export interface RequirementsInclude {
  readonly kind: 'requirements' | 'constraints';
  /** Relative to the file's folder, as written. */
  readonly path: string;
  readonly span: Span;
}

/** A `requirements.txt` as pip reads it. */
export interface RequirementsFile extends ParsedFile {
  readonly language: 'python-requirements';
  readonly requirements: readonly PythonRequirement[];
  readonly includes: readonly RequirementsInclude[];
}

/** Reads lines as pip does: comments, continued lines, options, hashes, URLs. Never throws. */
export function parseRequirements(source: SourceText): RequirementsFile {
  const requirements: PythonRequirement[] = [];
  const includes: RequirementsInclude[] = [];
  const problems: SyntaxProblem[] = [];
  for (const { text, start } of logicalLines(source)) {
    const lead = text.length - text.trimStart().length;
    const span = { start: start + lead, end: start + text.trimEnd().length };
    const line = text.trim();
    if (line === '') continue;
    const include = /^(?:-r|--requirement|-c|--constraint)(?:\s+|=|(?=\S))(\S.*)$/.exec(line);
    if (include) {
      const kind = /^(?:-c|--c)/.test(line) ? 'constraints' : 'requirements';
      includes.push({ kind, path: include[1]!.trim(), span });
      continue;
    }
    // Options of pip, editable installs, archives and paths name no release of a package.
    if (/^-|^[\w+.]+:\/\/|^\.{0,2}\/|^\S+\.(?:whl|tar\.gz|zip)$/.test(line)) continue;
    const requirement = readRequirement(text.replace(/\s--?[a-z][\s\S]*$/, ''), start);
    if (requirement) requirements.push(requirement);
    // A template writes the rest.
    else if (!/\{[{%]|\$\{/.test(line)) {
      const message = `\`${line.slice(0, 60)}\` is no requirement: pip wants a name and versions, such as \`redis>=5,<7\`.`;
      problems.push({ span, code: 'requirement', message, severity: 'error' });
    }
  }
  const root = new SourceNode(source, { kind: 'unknown', start: 0, end: source.text.length });
  // Prose about what somebody requires has such a name, too.
  if (problems.length > 2 && problems.length > requirements.length)
    return { language: 'python-requirements', source, problems: [], roots: [root], requirements: [], includes: [] };
  return { language: 'python-requirements', source, problems, roots: [root], requirements, includes };
}

/** Lines without comments; a backslash at the end joins the next one, its place kept by blanks. */
function* logicalLines(source: SourceText): Iterable<{ text: string; start: number }> {
  let text = '';
  let start: number | undefined;
  for (let line = 0; line < source.lineStarts.length; line++) {
    const span = source.lineSpan(line);
    start ??= span.start;
    const written = source.slice(span).replace(/^\ufeff/, ' ');
    const next = source.lineStarts[line + 1] ?? span.end;
    if (/\\$/.test(written) && !/(?:^|\s)#/.test(written)) {
      text += written.slice(0, -1).padEnd(next - span.start);
      continue;
    }
    yield { text: text + written.replace(/(?:^|\s)#.*$/, (comment) => ' '.repeat(comment.length)), start };
    text = '';
    start = undefined;
  }
  if (start !== undefined) yield { text, start };
}

/** Files of requirements by the names that people give them. */
export const requirementsLanguage: Language<RequirementsFile> = {
  id: 'python-requirements',
  files: /(?:^|\/)(?:requirements[^/]*|[^/]*[-_.]requirements|constraints[^/]*|requirements\/[^/]+)\.(?:txt|in)$/i,
  claims: (_uri, text) => !text.includes('\0'),
  parse: (source) => parseRequirements(source),
  facts: (file) => ({ resources: [applicationFile('PythonRequirements', file.roots[0]!, file)] }),
  outline: (file) =>
    file.requirements.map(({ writtenName, specifier, nameSpan }) => ({
      name: writtenName,
      detail: specifier,
      kind: 'field',
      span: nameSpan,
      nameSpan,
      children: [],
    })),
  foldings: () => [],
};
