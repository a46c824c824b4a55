import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** A percent sign or backslash in the value becomes part of the format. Strict: most values have neither. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/format-from-variable',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:SC2059'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { name, arguments: words } of run.commands) {
        if (name !== 'printf') continue;
        const format = words[0]?.text === '--' ? words[1] : words[0];
        const part = format?.parts.find(({ kind }) => kind === 'parameter' || kind === 'command');
        if (!format || !part) continue;
        yield {
          at: placeOf(file, format.span),
          message: `printf reads percent signs of ${file.source.slice(part.span)} as its own; '%s' keeps them out of the format.`,
        };
      }
    }
  },
});
