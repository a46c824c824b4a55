import { baseSystem } from '../../languages/dockerfile/baseSystem.ts';
import { stageNamed } from '../../languages/dockerfile/stageSettings.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { fileCopies } from './fileCopies.ts';

/**
 * Copying `/` takes everything that the other stage has: package lists, tools, secrets. Into an empty image it is the
 * usual way to flatten one, so there only the strict profile speaks.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/copy-entire-filesystem',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3067'],
  *check(file) {
    for (const { instruction, stage, sources, from } of fileCopies(file)) {
      if (from === undefined) continue;
      // The paths of another stage begin at its root, whatever its working directory is.
      const whole = sources.find(({ value }) => /^(?:\/|\.?\/?[.*]|\.\/)$/.test(value ?? ''));
      if (!whole) continue;
      const source = stageNamed(file, from, stage.index);
      const system = source && baseSystem(file, source);
      const isSystem = system?.isPlatform === true && system.family !== 'scratch';
      const isFirst =
        stage.base.kind === 'scratch' &&
        stage.instructions.every((other) => other.keyword !== 'RUN' || other.order > instruction.order);
      yield {
        at: placeOf(file, whole.span),
        message: `This copies the whole file system of ${from}.`,
        ...(isFirst || !isSystem ? ({ strict: true } as const) : {}),
      };
    }
  },
});
