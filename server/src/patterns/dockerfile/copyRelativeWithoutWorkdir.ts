import { baseSystem } from '../../languages/dockerfile/baseSystem.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { fileCopies, isAbsolute } from './fileCopies.ts';
import { hasWorkdirBefore } from './workdirRelative.ts';

/**
 * Without a WORKDIR of its own, a stage copies to wherever its base image left off. Images of others may well set one
 * on purpose, and an empty image certainly begins at `/`: of those only the strict profile speaks.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/copy-relative-without-workdir',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3045'],
  *check(file) {
    for (const { instruction, stage, deferred, destination } of fileCopies(file)) {
      const { value } = destination;
      if (deferred || value === undefined || value === '' || isAbsolute(value)) continue;
      if (hasWorkdirBefore(file, stage, instruction)) continue;
      const system = baseSystem(file, stage);
      yield {
        at: placeOf(file, destination.span),
        message: `${value} is relative, and this stage sets no WORKDIR.`,
        ...(system.isPlatform && system.family !== 'scratch' ? {} : ({ strict: true } as const)),
      };
    }
  },
});
