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
      const whole = sources.find(({ value }) => value === '/' || value === '/*' || value === '/.');
      if (!whole) continue;
      const isFirst =
        stage.base.kind === 'scratch' &&
        stage.instructions.every((other) => other.keyword !== 'RUN' || other.order > instruction.order);
      yield {
        at: placeOf(file, whole.span),
        message: `This copies the whole file system of ${from}.`,
        ...(isFirst ? ({ strict: true } as const) : {}),
      };
    }
  },
});
