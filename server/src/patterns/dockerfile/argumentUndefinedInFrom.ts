import { expandVariables } from '../../languages/dockerfile/expandVariables.ts';
import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { PLATFORM_ARGUMENTS, PROXY_ARGUMENTS } from '../../languages/dockerfile/variableScope.ts';
import { nearestName } from '../../text/nearestName.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** FROM sees the ARG instructions before the first FROM and nothing else; an undeclared one can't be given at all. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/argument-undefined-in-from',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['buildkit:UndefinedArgInFrom'],
  *check(file) {
    const { global } = variableScopes(file);
    for (const { instruction } of file.stages) {
      const image = instruction.from?.image;
      const platform = instruction.flags.find((flag) => flag.name === 'platform');
      const places = [
        ...(image
          ? [
              {
                text: image.text,
                at: (start: number, end: number) => instruction.head.span(image.start + start, image.start + end),
              },
            ]
          : []),
        ...(platform?.valueSpan &&
        platform.value !== undefined &&
        file.source.slice(platform.valueSpan) === platform.value
          ? [
              {
                text: platform.value,
                at: (start: number, end: number) => ({
                  start: platform.valueSpan!.start + start,
                  end: platform.valueSpan!.start + end,
                }),
              },
            ]
          : []),
      ];
      for (const { text, at } of places) {
        for (const { name, nameSpan, operator } of expandVariables(text, file.escape, () => ({ kind: 'unknown' }))
          .references) {
          if (operator === ':-' || operator === '-' || operator === ':+' || operator === '+') continue;
          if (!/^[A-Za-z_]/.test(name) || global.definitions.has(name)) continue;
          if (PLATFORM_ARGUMENTS.has(name) || PROXY_ARGUMENTS.has(name)) continue;
          const inStage = variableScopes(file)
            .named(name)
            .find((one) => one.kind === 'arg');
          const nearest = inStage
            ? undefined
            : nearestName(name, [...global.definitions.keys(), ...PLATFORM_ARGUMENTS]);
          const span = at(nameSpan.start, nameSpan.end);
          yield {
            at: placeOf(file, span),
            message: inStage
              ? `ARG ${name} is declared inside a stage; FROM sees only those before the first FROM.`
              : `No ARG ${name} stands before the first FROM.`,
            related: inStage
              ? [{ at: placeOf(file, inStage.assignment.nameSpan), message: `${name} is declared here.` }]
              : [],
            fixes:
              nearest === undefined
                ? []
                : [{ title: `Write ${nearest}`, safe: false, edits: () => [replace(file, span, nearest)] }],
          };
        }
      }
    }
  },
});
