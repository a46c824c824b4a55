import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { CommandUse } from '../../languages/shell/commandUses.ts';
import { isPosixShell } from '../../languages/shell/commandUses.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** Programs with a language of their own, or that hand the text on to a shell. */
const READS_DOLLARS =
  /^(?:trap|eval|su|runuser|ssh|alias|unset|awk|gawk|mawk|nawk|sed|gsed|perl|ruby|php|node|python[\d.]*|jq|yq|grep|egrep|rg|find|rename|envsubst|dpkg-query|rpm|git|docker|podman|make|crontab|\[|test|expr|psql|mysql|Rscript|powershell|pwsh)$/;

/** Single quotes keep `$NAME` as it stands. Strict, and never of what is written into a file: there it is meant for later. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/variable-in-single-quotes',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:SC2016'],
  *check(file) {
    for (const run of stageRuns(file)) {
      if (run.instruction.json) continue;
      for (const use of run.commands) {
        if (use.innerOf || isPosixShell(use.name) || READS_DOLLARS.test(use.name) || writesElsewhere(use)) continue;
        for (const word of use.arguments) {
          for (const part of word.parts) {
            if (part.kind !== 'literal' || !part.quoted || file.source.text[part.span.start] !== "'") continue;
            const name = /\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\}|\([^)])/.exec(part.text)?.[0];
            if (name === undefined) continue;
            yield {
              at: placeOf(file, part.span),
              message: `Single quotes keep ${name.startsWith('$(') ? '$( … )' : name} as it stands; only double quotes let the shell replace it.`,
            };
          }
        }
      }
    }
  },
});

function writesElsewhere({ command, pipeline }: CommandUse): boolean {
  return pipeline.commands.at(-1) !== command || command.redirections.some(({ operator }) => operator.startsWith('>'));
}
