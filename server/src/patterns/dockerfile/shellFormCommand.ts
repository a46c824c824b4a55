import type { DockerfileFile, DockerfileInstruction } from '../../languages/dockerfile/dockerfileFile.ts';
import { instructionScripts } from '../../languages/dockerfile/instructionScripts.ts';
import { isPosixShell } from '../../languages/shell/commandUses.ts';
import type { SimpleCommand } from '../../languages/shell/shellScript.ts';
import type { Fix } from '../../rules/contract.ts';
import { defineDockerfileRule, insert, placeOf, replace } from './dockerfileRule.ts';

/**
 * In the shell form a shell is the first process: it gets the signal to stop and does not pass it on, so the container is
 * killed after the grace period. A command that begins with `exec`, or a shell that the file itself has chosen by SHELL,
 * was thought about.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/shell-form-command',
  severity: 'warning',
  profile: 'recommended',
  equivalents: [
    'hadolint:DL3025',
    'buildkit:JSONArgsRecommended',
    'kics:not_using_json_in_cmd_and_entrypoint_arguments',
  ],
  *check(file) {
    for (const stage of file.stages) {
      const command = stage.instructions.findLast(({ keyword }) => keyword === 'CMD');
      for (const outer of stage.instructions) {
        const instruction = outer.trigger ?? outer;
        const { keyword, json, body, shell } = instruction;
        if ((keyword !== 'CMD' && keyword !== 'ENTRYPOINT') || json || body.text === '') continue;
        if (shell.words === undefined || !isPosixShell(shell.words[0] ?? '')) continue;
        const [script] = instructionScripts(instruction, file.source);
        const first = script?.parsed.script.items[0]?.pipeline.commands[0];
        const firstName = first?.kind === 'simple' ? first.words[0]?.text : undefined;
        const isExec = firstName === 'exec';
        const fixes = fixesOf(file, instruction);
        // Where `exec` has words that only a shell can read, it was thought about.
        if (isExec && fixes.length === 0) continue;
        const isChosen = isExec || shell.setBy !== undefined;
        const losesArguments = keyword === 'ENTRYPOINT' && command !== undefined && outer === instruction;
        yield {
          at: placeOf(file, body.span(0, body.text.length)),
          message: messageOf(keyword, losesArguments, isExec),
          ...(isChosen ? ({ strict: true } as const) : {}),
          related: losesArguments ? [{ at: placeOf(file, command.headSpan), message: 'This CMD is ignored.' }] : [],
          fixes,
        };
      }
    }
  },
});

function messageOf(keyword: string, losesArguments: boolean, isExec: boolean): string {
  if (isExec) return `This ${keyword} needs no shell to start it.`;
  return losesArguments
    ? 'A shell is the first process of this ENTRYPOINT: it gets the signal to stop, and CMD is ignored.'
    : `A shell is the first process of this ${keyword}: it gets the signal to stop and does not pass it on.`;
}

/** The exec form for plain words; for one command that needs the shell, `exec` before it. */
function fixesOf(file: DockerfileFile, instruction: DockerfileInstruction): Fix[] {
  const [script] = instructionScripts(instruction, file.source);
  const items = script?.parsed.script.items ?? [];
  const command = items[0]?.pipeline.commands[0];
  const isSingle = items.length === 1 && items[0]!.pipeline.commands.length === 1 && items[0]!.separator === undefined;
  if (
    !script ||
    !isSingle ||
    command?.kind !== 'simple' ||
    script.parsed.problems.length + script.parsed.comments.length > 0
  )
    return [];
  const { body } = instruction;
  const isExec = command.words[0]?.text === 'exec';
  const words = isExec ? command.words.slice(1) : command.words;
  if (isPlain(command) && words[0]?.text?.startsWith('-') === false) {
    const form = `[${words.map((word) => JSON.stringify(word.text)).join(', ')}]`;
    const span = body.span(0, body.text.length);
    return [{ title: 'Write the exec form', safe: true, edits: () => [replace(file, span, form)] }];
  }
  // `VAR=x exec command` and `exec VAR=x` are different things; built-in commands can't be executed.
  if (isExec || command.assignments.length > 0 || BUILT_IN.test(command.words[0]?.text ?? '')) return [];
  return [{ title: 'Let the shell exec it', safe: true, edits: () => [insert(file, command.span.start, 'exec ')] }];
}

const BUILT_IN = /^(?:|cd|source|\.|set|export|eval|test|\[|\[\[|echo|true|false|wait|trap|exit|read|umask|ulimit)$/;

function isPlain(command: SimpleCommand): boolean {
  if (command.assignments.length > 0 || command.redirections.length > 0) return false;
  return command.words.every(
    ({ text, parts, written }) =>
      text !== undefined &&
      !written.startsWith('~') &&
      parts.every((part) => part.kind === 'literal' && (part.quoted || !/[*?[\]{}]/.test(part.text))),
  );
}
