import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** Every RUN has a shell of its own: what it exports or sources last is gone when it ends. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/environment-lost',
  severity: 'warning',
  profile: 'recommended',
  *check(file) {
    for (const { instruction, commands, scripts } of stageRuns(file)) {
      const last = commands[commands.length - 1];
      if (
        !last ||
        scripts.length !== 1 ||
        last.nested ||
        last.substituted ||
        last.wrappers.length > 0 ||
        last.item.separator === '&'
      )
        continue;
      const at = placeOf(file, last.command.span);
      const [argument] = last.arguments;
      if (last.name === 'export' && argument?.prefix.includes('=')) {
        const isOnly =
          commands.length === 1 &&
          last.arguments.length === 1 &&
          argument.text !== undefined &&
          instruction.flags.length === 0;
        const keyword = instruction.written === 'run' ? 'env' : 'ENV';
        yield {
          at,
          message: `${argument.prefix.split('=')[0]} is forgotten when this RUN ends.`,
          fixes: isOnly
            ? [
                {
                  title: `Write ${keyword}`,
                  safe: true,
                  edits: () => [replace(file, instruction.headSpan, `${keyword} ${argument.written}`)],
                },
              ]
            : [],
        };
      } else if ((last.name === 'source' || last.nameWord.text === '.') && argument) {
        yield { at, message: `What ${argument.written} sets is forgotten when this RUN ends.` };
      }
    }
  },
});
