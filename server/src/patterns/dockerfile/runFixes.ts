import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import type { StageRun } from '../../languages/dockerfile/stageRuns.ts';
import type { PackageCommand } from '../../languages/shell/packageCommands.ts';
import type { ShellWord } from '../../languages/shell/shellScript.ts';
import type { Fix } from '../../rules/contract.ts';
import { insert, replace } from './dockerfileRule.ts';

/** Inserts an option behind a word of a shell command, or as a further item of the exec form. */
export function addOption(file: DockerfileFile, run: StageRun, after: ShellWord, option: string, safe: boolean): Fix {
  const text = run.instruction.json ? `, "${option}"` : ` ${option}`;
  return { title: `Add ${option}`, safe, edits: () => [insert(file, after.span.end, text)] };
}

export function addActionOption(
  file: DockerfileFile,
  run: StageRun,
  command: PackageCommand,
  option: string,
  safe: boolean,
): Fix[] {
  return command.actionWord ? [addOption(file, run, command.actionWord, option, safe)] : [];
}

/**
 * Appends a command to the end of a RUN, in the way that its lines are written. Nothing is offered where the end is not
 * one list of commands, such as behind a comment or a `&`.
 */
export function appendCommand(file: DockerfileFile, run: StageRun, command: string, title: string): Fix[] {
  const { instruction, scripts } = run;
  const [script] = scripts;
  if (!script || scripts.length !== 1 || script.form === 'exec' || instruction.json) return [];
  const { source } = file;
  const { items } = script.parsed.script;
  const last = items[items.length - 1];
  if (!last || script.parsed.problems.length > 0 || last.separator === '&') return [];
  if (script.form === 'heredoc') {
    const { contentSpan } = instruction.heredocs[0]!;
    const lineStart = source.lineStarts[source.lineAt(last.pipeline.span.start)]!;
    const indent = /^[ \t]*/.exec(source.text.slice(lineStart, contentSpan.end))![0];
    return [
      { title, safe: true, edits: () => [insert(file, contentSpan.end, `${indent}${command}${source.lineBreak}`)] },
    ];
  }
  if (script.parsed.comments.length > 0 || instruction.heredocs.length > 0) return [];
  const joins = items.slice(0, -1).some(({ separator }) => separator === ';') ? ';' : ' &&';
  const { end } = instruction.headSpan;
  const endLine = source.lineAt(end);
  if (endLine === source.lineAt(instruction.headSpan.start)) {
    const text = last.separator === ';' ? ` ${command}` : `${joins} ${command}`;
    return [{ title, safe: true, edits: () => [insert(file, end, text)] }];
  }
  const indent = indentOfCommands(file, run);
  const { lineBreak } = source;
  const text =
    last.separator === ';'
      ? ` ${file.escape}${lineBreak}${indent}${command}`
      : joins === ';'
        ? `; ${file.escape}${lineBreak}${indent}${command}`
        : endsLinesWithOperator(file, run)
          ? ` && ${file.escape}${lineBreak}${indent}${command}`
          : ` ${file.escape}${lineBreak}${indent}&& ${command}`;
  return [{ title, safe: true, edits: () => [insert(file, end, text)] }];
}

/** The indentation of the last line that begins a command or its operator, or of the second line. */
function indentOfCommands(file: DockerfileFile, run: StageRun): string {
  const { source } = file;
  const { instruction, scripts } = run;
  const starts = scripts[0]!.parsed.script.items.flatMap(({ pipeline, separatorSpan }) => [
    pipeline.span.start,
    ...(separatorSpan ? [separatorSpan.start] : []),
  ]);
  const firstLine = source.lineAt(instruction.headSpan.start);
  for (const start of starts.reverse()) {
    const line = source.lineAt(start);
    const lineStart = source.lineStarts[line]!;
    const before = source.text.slice(lineStart, start);
    if (line > firstLine && /^[ \t]*$/.test(before)) return before;
  }
  const second = source.lineStarts[firstLine + 1]!;
  return /^[ \t]*/.exec(source.text.slice(second, instruction.headSpan.end))![0];
}

/** `a && \` at the end of lines, rather than `&& a` at their start. */
function endsLinesWithOperator(file: DockerfileFile, run: StageRun): boolean {
  return run.scripts[0]!.parsed.script.items.some(
    ({ separator, separatorSpan }) =>
      separator === '&&' &&
      separatorSpan !== undefined &&
      /^[ \t]*[\\`][ \t]*\r?\n/.test(file.source.text.slice(separatorSpan.end, separatorSpan.end + 200)),
  );
}

/** Replaces the text of a word that is written as plain letters. */
export function renameWord(file: DockerfileFile, word: ShellWord, from: string, to: string): Fix[] {
  const at = word.span.start + word.written.lastIndexOf(from);
  const span = { start: at, end: at + from.length };
  if (!word.written.includes(from) || file.source.slice(span) !== from) return [];
  return [{ title: `Write ${to}`, safe: true, edits: () => [replace(file, span, to)] }];
}
