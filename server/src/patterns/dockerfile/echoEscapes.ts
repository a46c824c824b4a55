import { baseSystem } from '../../languages/dockerfile/baseSystem.ts';
import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/**
 * `echo` of dash turns `\n` into a line break; that of bash and BusyBox prints it as it stands. Strict: now and then the
 * backslash itself is wanted.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/echo-escapes',
  severity: 'warning',
  profile: 'strict',
  equivalents: ['hadolint:SC2028'],
  *check(file) {
    for (const run of stageRuns(file)) {
      const { family } = baseSystem(file, run.stage);
      for (const { shell, form, commands } of run.scripts) {
        if (form === 'exec' || (shell === 'sh' && family === 'debian') || shell === 'dash' || shell === 'zsh') continue;
        for (const use of commands) {
          const { name, arguments: words, pipeline, command } = use;
          if (name !== 'echo' || use.innerOf || /^-[nE]*[eE]/.test(words[0]?.text ?? '')) continue;
          // Another program may make something of it.
          if (pipeline.commands.at(-1) !== command) continue;
          const word = words.find(({ parts }) =>
            parts.some((part) => part.kind === 'literal' && /(?<!\\)(?:\\\\)*\\[nrt]/.test(part.text)),
          );
          if (!word) continue;
          const written = /\\[nrt]/.exec(word.written)?.[0] ?? '\\n';
          yield {
            at: placeOf(file, word.span),
            message: `echo prints ${written} as it stands here; printf makes the same of it in every shell.`,
          };
        }
      }
    }
  },
});
