import { defineDockerfileRule } from './dockerfileRule.ts';
import { repeated } from './repeatedInstructions.ts';

/** A later HEALTHCHECK of the same stage replaces an earlier one without a word. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/healthcheck-multiple',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3012', 'buildkit:MultipleInstructionsDisallowed', 'trivy:DS-0023'],
  check: (file) => repeated(file, 'HEALTHCHECK'),
});
