import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { expandVariables, variableReferences } from '../../languages/dockerfile/expandVariables.ts';
import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import type { VariableDefinition } from '../../languages/dockerfile/variableScope.ts';
import { parseImageReference } from '../../languages/imageReference.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/**
 * A build without `--build-arg` should find an image. An ARG without any default says plainly that one must be given,
 * so that is left to the strict profile.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/argument-default-invalid',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['buildkit:InvalidDefaultArgInFrom'],
  *check(file) {
    const { global } = variableScopes(file);
    for (const { image } of file.stages) {
      if (!image?.text.includes('$')) continue;
      const { value, references } = expandVariables(image.text, file.escape, (name) => global.defaultValue(name));
      const declared = references.flatMap(({ name }) => global.definitions.get(name)?.at(-1) ?? []);
      // Undeclared names have a rule of their own.
      if (value === undefined || declared.length < references.length || parseImageReference(value)) continue;
      const givesNone = declared.some((one) => isLeftOpen(one, file, new Set()));
      yield {
        at: placeOf(file, image.span),
        message:
          value === ''
            ? `Without build arguments, ${image.text} is empty.`
            : `Without build arguments, ${image.text} is "${value}", which is no image.`,
        related: declared.map((one) => ({
          at: placeOf(file, one.assignment.span),
          message: `${one.name} is declared here.`,
        })),
        ...(givesNone ? ({ strict: true } as const) : {}),
      };
    }
  },
});

/** The ARG, or one that its default refers to, has no default. */
function isLeftOpen({ name, assignment }: VariableDefinition, file: DockerfileFile, seen: Set<string>): boolean {
  if (assignment.value === undefined) return true;
  if (seen.has(name)) return false;
  seen.add(name);
  const { definitions } = variableScopes(file).global;
  return variableReferences(assignment.value.text, file.escape).some((reference) => {
    const definition = definitions.get(reference.name)?.at(-1);
    return definition !== undefined && isLeftOpen(definition, file, seen);
  });
}
