import { variableReferences } from '../../languages/dockerfile/expandVariables.ts';
import { unquote } from '../../languages/dockerfile/splitWords.ts';
import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { holdsToken, isPlaceholder, mayNameSecret, namesSecret } from './secretNames.ts';

/**
 * ENV stays in the image for everybody who has it, and the values of ARG stay in its history. A secret belongs in
 * `RUN --mount=type=secret`, or is given when the container starts. The message never shows the value.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/secret-in-variable',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3064', 'buildkit:SecretsUsedInArgOrEnv', 'trivy:DS-0031'],
  *check(file) {
    for (const outer of file.instructions) {
      const instruction = outer.trigger ?? outer;
      const { keyword } = instruction;
      if (keyword !== 'ENV' && keyword !== 'ARG') continue;
      for (const { name, nameSpan, value } of instruction.assignments) {
        const text = value === undefined ? undefined : unquote(value.text, file.escape);
        if (text !== undefined && holdsToken(text)) {
          yield {
            at: placeOf(file, nameSpan),
            severity: 'error',
            message: `The value of ${name} has the form of a real key, and stays in the image.`,
          };
          continue;
        }
        if (!namesSecret(name)) {
          if (mayNameSecret(name)) yield { at: placeOf(file, nameSpan), message: asks(name, keyword), strict: true };
          continue;
        }
        const references = value ? variableReferences(value.text, file.escape) : [];
        const isGiven =
          keyword === 'ENV' &&
          references.some((one) => variableScopes(file).definitionAt(one.name, instruction)?.kind === 'arg');
        if (keyword === 'ARG' && (text === undefined || text === '')) {
          yield {
            at: placeOf(file, nameSpan),
            message: `The build argument ${name} stays in the history of the image.`,
          };
        } else if (isGiven) {
          yield {
            at: placeOf(file, nameSpan),
            message: `${name} is taken from a build argument and stays in the image.`,
          };
        } else if (text !== undefined && references.length === 0 && !isPlaceholder(text)) {
          yield { at: placeOf(file, nameSpan), message: `The value of ${name} stays in the image.` };
        } else {
          yield { at: placeOf(file, nameSpan), message: asks(name, keyword), strict: true };
        }
      }
    }
  },
});

/** Of a name alone, without a value that is worth protecting. */
function asks(name: string, keyword: 'ENV' | 'ARG'): string {
  const place = keyword === 'ENV' ? 'the image' : 'the history of the image';
  return `${name} reads like a secret, and whatever it is given here stays in ${place}.`;
}
