import { defineDockerfileRule } from './dockerfileRule.ts';
import { repeated } from './repeatedInstructions.ts';

/** A later ENTRYPOINT of the same stage replaces an earlier one without a word. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/entrypoint-multiple',
  severity: 'warning',
  profile: 'recommended',
  equivalents: [
    'hadolint:DL4004',
    'buildkit:MultipleInstructionsDisallowed',
    'kics:multiple_entrypoint_instructions_listed',
    'trivy:DS-0007',
  ],
  check: (file) => repeated(file, 'ENTRYPOINT'),
});
