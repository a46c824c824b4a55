import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { ShellCommand, ShellScript } from '../../languages/shell/shellScript.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

const INSTEAD: Readonly<Record<string, string>> = {
  ls: 'a pattern (for f in *.txt) keeps them whole',
  find: 'find -exec keeps them whole',
  cat: 'while read takes whole lines',
};

/** The output of a command in `for` is cut at every blank, not at every line. Strict: in a build the names are known. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/loop-over-output',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:SC2013', 'hadolint:SC2044', 'hadolint:SC2045'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { parsed } of run.scripts) {
        for (const command of loopsOf(parsed.script)) {
          for (const part of command.words.flatMap(({ parts }) => parts)) {
            if (part.kind !== 'command' || part.quoted) continue;
            const [inner] = part.script.items[0]?.pipeline.commands ?? [];
            const name = inner?.kind === 'simple' ? (inner.words[0]?.text ?? '') : '';
            const instead = Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
            if (instead === undefined || part.script.items.length !== 1) continue;
            yield {
              at: placeOf(file, part.span),
              message: `What ${name} prints is cut at every blank: ${instead}.`,
            };
          }
        }
      }
    }
  },
});

function loopsOf(script: ShellScript): ShellCommand[] {
  return script.items.flatMap(({ pipeline }) =>
    pipeline.commands.flatMap((command) => {
      if (command.kind !== 'compound') return [];
      const inner = [...command.conditions, ...command.bodies].flatMap(loopsOf);
      return command.type === 'loop' && command.name !== undefined ? [command, ...inner] : inner;
    }),
  );
}
