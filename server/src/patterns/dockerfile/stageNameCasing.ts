import { stageUses } from '../../languages/dockerfile/stageSettings.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** Stage names are compared in lower case; written so, they look like what they are beside image names. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/stage-name-casing',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['buildkit:StageNameCasing'],
  *check(file) {
    const allUses = stageUses(file);
    const counts = new Map<string, number>();
    for (const { name } of file.stages) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const stage of file.stages) {
      const { name, nameWord } = stage;
      if (!nameWord || name === undefined || nameWord.text === name || nameWord.text.includes('$')) continue;
      const uses = () => allUses.filter((use) => use.stage === stage && use.text.toLowerCase() === name);
      yield {
        at: placeOf(file, nameWord.span),
        message: `The stage name ${nameWord.text} is not in lower case.`,
        fixes:
          counts.get(name) === 1
            ? [
                {
                  title: `Write ${name}`,
                  safe: true,
                  edits: () =>
                    [nameWord.span, ...uses().map((use) => use.span)].map((span) => replace(file, span, name)),
                },
              ]
            : [],
      };
    }
  },
});
