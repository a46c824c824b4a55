import { defineDockerfileRule } from './dockerfileRule.ts';
import { repeated } from './repeatedInstructions.ts';

/** A later CMD of the same stage replaces an earlier one without a word. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/command-multiple',
  severity: 'warning',
  profile: 'recommended',
  equivalents: [
    'hadolint:DL4003',
    'buildkit:MultipleInstructionsDisallowed',
    'kics:multiple_cmd_instructions_listed',
    'trivy:DS-0016',
  ],
  check: (file) => repeated(file, 'CMD'),
});
