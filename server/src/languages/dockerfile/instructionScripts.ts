import type { SourceText } from '../../text/sourceText.ts';
import { type CommandUse, commandUses, isPosixShell, scriptArgument } from '../shell/commandUses.ts';
import { parseShell } from '../shell/parseShell.ts';
import type { ParsedShell, ShellWord, SimpleCommand } from '../shell/shellScript.ts';
import type { DockerfileHeredoc, DockerfileInstruction, JsonItem } from './dockerfileFile.ts';
import { LogicalText, type TextPiece } from './logicalText.ts';

/** What one instruction runs. */
export interface InstructionScript {
  /** `line`: the shell form. `heredoc`: lines that a shell reads. `exec`: the words of the exec form. */
  readonly form: 'line' | 'heredoc' | 'exec';
  /** The shell's name without its folder: `bash`. Empty for `exec`. */
  readonly shell: string;
  /** The options that the shell is started with, such as `-o pipefail`. */
  readonly shellOptions: readonly string[];
  readonly parsed: ParsedShell;
  readonly commands: readonly CommandUse[];
}

const known = new WeakMap<DockerfileInstruction, readonly InstructionScript[]>();

/**
 * The scripts that RUN, CMD, ENTRYPOINT or HEALTHCHECK CMD hands to a shell, and the command of an exec form. Empty
 * where another shell (PowerShell, cmd) or an interpreter reads the text.
 */
export function instructionScripts(
  instruction: DockerfileInstruction,
  source: SourceText,
): readonly InstructionScript[] {
  let scripts = known.get(instruction);
  if (!scripts) {
    scripts = readScripts(instruction, source);
    known.set(instruction, scripts);
  }
  return scripts;
}

const RUNS_COMMANDS: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT']);

function readScripts(outer: DockerfileInstruction, source: SourceText): readonly InstructionScript[] {
  const instruction = outer.trigger ?? outer.healthcheckCommand ?? outer;
  if (!RUNS_COMMANDS.has(instruction.keyword)) return [];
  if (instruction.json) return execScripts(instruction.json.items);
  const shell = shellOf(instruction);
  if (!shell) return [];
  const { body, heredocs } = instruction;
  if (heredocs.length === 1 && body.text === source.slice(heredocs[0]!.span)) {
    return heredocScript(heredocs[0]!, source, shell.name, shell.options);
  }
  const line = scriptOf('line', body, shell.name, shell.options, 'elsewhere');
  return [line, ...heredocsForShells(line, heredocs, source)];
}

function shellOf(instruction: DockerfileInstruction): { name: string; options: readonly string[] } | undefined {
  const [program, ...options] = instruction.shell.words ?? [];
  if (program === undefined || !isPosixShell(program)) return undefined;
  return { name: program.slice(program.lastIndexOf('/') + 1), options };
}

function scriptOf(
  form: 'line' | 'heredoc',
  text: LogicalText,
  shell: string,
  shellOptions: readonly string[],
  heredocs: 'inline' | 'elsewhere',
): InstructionScript {
  const parsed = parseShell(text, { heredocs });
  return { form, shell, shellOptions, parsed, commands: commandUses(parsed.script, innerText(text)) };
}

/**
 * The text between the quotes of `sh -c '…'`, each character at the place of what stands for it. Variables in double
 * quotes stay as they are written: what they hold is unknown inside as well.
 */
function innerText(text: LogicalText): (word: ShellWord) => LogicalText | undefined {
  return ({ written, parts, span }) => {
    const quote = written[0];
    if (written.length < 2 || (quote !== "'" && quote !== '"') || !written.endsWith(quote)) return undefined;
    if (parts.some((part) => !part.quoted || (part.kind !== 'literal' && part.kind !== 'parameter'))) return undefined;
    const inside = written.slice(1, -1);
    const isOneQuote = quote === "'" ? !inside.includes("'") : !/(?<!\\)(?:\\\\)*"/.test(inside);
    if (!isOneQuote) return undefined;
    const start = text.logicalOffset(span.start) + 1;
    const inner = text.slice(start, start + inside.length);
    if (inner.text !== inside) return undefined;
    return quote === '"' && inside.includes('\\') ? withoutEscapes(inner) : inner;
  };
}

/** What double quotes leave of a text: a backslash goes before a dollar sign, backquote, quote or backslash. */
function withoutEscapes(text: LogicalText): LogicalText {
  const pieces: TextPiece[] = [];
  for (const match of text.text.matchAll(/\\([$`"\\])|[\s\S]/g)) {
    const character = match[1] ?? match[0];
    const sourceStart = text.sourceOffset(match.index + match[0].length - 1);
    const last = pieces.at(-1);
    if (last && last.sourceStart + last.text.length === sourceStart) {
      pieces[pieces.length - 1] = { sourceStart: last.sourceStart, text: last.text + character };
    } else pieces.push({ sourceStart, text: character });
  }
  return LogicalText.join(pieces);
}

/** A heredoc that is the whole command: its own `#!` line, or else the shell, reads it. */
function heredocScript(
  heredoc: DockerfileHeredoc,
  source: SourceText,
  shell: string,
  options: readonly string[],
): InstructionScript[] {
  const text = heredocText(heredoc, source);
  const interpreter = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text.text);
  if (!interpreter) return [scriptOf('heredoc', text, shell, options, 'inline')];
  const program = interpreter[1]!.endsWith('/env') ? (interpreter[2] ?? '') : interpreter[1]!;
  if (!isPosixShell(program)) return [];
  const own = interpreter[1]!.endsWith('/env') ? [] : [interpreter[2] ?? ''].filter((option) => option !== '');
  return [scriptOf('heredoc', text, program.slice(program.lastIndexOf('/') + 1), own, 'inline')];
}

/** `RUN bash -e <<EOF`: the lines are the input of a shell. */
function heredocsForShells(
  line: InstructionScript,
  heredocs: readonly DockerfileHeredoc[],
  source: SourceText,
): InstructionScript[] {
  return line.commands.flatMap((use) => {
    if (
      !isPosixShell(use.name) ||
      use.arguments.some((word) => !word.text?.startsWith('-') && !/^[-+]/.test(word.prefix))
    )
      return [];
    // `cat <<EOF | bash` hands the lines over as well.
    const { commands } = use.pipeline;
    const before = commands[commands.indexOf(use.command) - 1];
    const isCat = before?.kind === 'simple' && before.words.length === 1 && before.words[0]!.text === 'cat';
    const redirections = [...use.command.redirections, ...(isCat ? before.redirections : [])];
    return redirections.flatMap((redirection) => {
      const heredoc = heredocs.find(
        ({ span }) => span.start >= redirection.span.start && span.end <= redirection.span.end,
      );
      if (!heredoc) return [];
      const options = use.arguments.map((word) => word.text ?? '');
      return [scriptOf('heredoc', heredocText(heredoc, source), use.name, options, 'inline')];
    });
  });
}

/** The lines of a heredoc as its reader gets them: `<<-` takes the tabs away. */
export function heredocText(heredoc: DockerfileHeredoc, source: SourceText): LogicalText {
  const { start } = heredoc.contentSpan;
  const content = source.slice(heredoc.contentSpan);
  if (!heredoc.stripsTabs) return LogicalText.join([{ sourceStart: start, text: content }]);
  const pieces: TextPiece[] = [];
  let offset = 0;
  for (const line of content.split(/(?<=\n)/)) {
    const tabs = /^\t*/.exec(line)![0].length;
    pieces.push({ sourceStart: start + offset + tabs, text: line.slice(tabs) });
    offset += line.length;
  }
  return LogicalText.join(pieces);
}

function execScripts(items: readonly JsonItem[]): readonly InstructionScript[] {
  const words = items.map(wordOfItem);
  const [program] = words;
  if (!program?.text) return [];
  if (isPosixShell(program.text)) {
    const argument = scriptArgument(words.slice(1));
    const item = argument && items[words.indexOf(argument)];
    if (item) {
      const options = words.slice(1, words.indexOf(argument)).map((word) => word.text ?? '');
      const name = program.text.slice(program.text.lastIndexOf('/') + 1);
      return [scriptOf('line', decodedText(item), name, options, 'inline')];
    }
  }
  const span = { start: items[0]!.span.start, end: items[items.length - 1]!.span.end };
  const command: SimpleCommand = { kind: 'simple', assignments: [], words, redirections: [], span };
  const pipeline = { commands: [command], negated: false, pipes: [], span };
  const script = { items: [{ pipeline, separator: undefined, separatorSpan: undefined }], span };
  const parsed: ParsedShell = { script, comments: [], problems: [] };
  return [{ form: 'exec', shell: '', shellOptions: [], parsed, commands: commandUses(script) }];
}

function wordOfItem(item: JsonItem): ShellWord {
  const { value, span } = item;
  return {
    span,
    written: value,
    parts: [{ kind: 'literal', text: value, quoted: true, span }],
    text: value,
    prefix: value,
  };
}

/** The value of a JSON string, each character at the place of what stands for it. */
function decodedText(item: JsonItem): LogicalText {
  const raw = item.inner.text;
  if (!raw.includes('\\')) return item.inner;
  const pieces: TextPiece[] = [];
  for (const match of raw.matchAll(/\\(?:u[0-9A-Fa-f]{4}|.)|[^\\]+/gs)) {
    const text = match[0].startsWith('\\') ? (JSON.parse(`"${match[0]}"`) as string) : match[0];
    pieces.push({ sourceStart: item.inner.sourceOffset(match.index), text });
  }
  return LogicalText.join(pieces);
}
