import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { CommandUse } from '../../languages/shell/commandUses.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/**
 * Where `cd` fails, what follows after `;` runs in the folder before. Strict, because folders of a build are known; shells
 * that stop at the first failure are left alone.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/cd-unchecked',
  severity: 'warning',
  profile: 'strict',
  equivalents: ['hadolint:SC2164'],
  *check(file) {
    for (const run of stageRuns(file)) {
      if (run.instruction.shell.words?.some((word) => /^-[a-z]*e/.test(word))) continue;
      // Wherever in the script it stands, it holds for what follows.
      const stops = run.commands.filter(isStopAtFailure);
      for (const use of run.commands) {
        const target = use.arguments[0];
        if (use.name !== 'cd' || !target || use.condition || use.pipeline.commands.length > 1) continue;
        // Up and the root are always there.
        if (/^(?:\/|-|\.\.(?:\/\.\.)*\/?)$/.test(target.text ?? '')) continue;
        const isLast = use.index === use.list.items.length - 1;
        if (
          isLast ||
          use.item.separator !== ';' ||
          stops.some((stop) => stop.innerOf === use.innerOf && stop.command.span.start < use.command.span.start)
        )
          continue;
        yield {
          at: placeOf(file, target.span),
          message: `When there is no ${target.written}, what follows runs in another folder; join it with &&.`,
        };
      }
    }
  },
});

/** `set -e`. */
function isStopAtFailure({ name, arguments: words }: CommandUse): boolean {
  return name === 'set' && words.some(({ text }) => /^-[a-z]*e/.test(text ?? '') || text === 'errexit');
}
