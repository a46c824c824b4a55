import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** MAINTAINER is deprecated; the label of the Open Container Initiative says the same to every tool. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/maintainer',
  severity: 'information',
  profile: 'recommended',
  equivalents: [
    'hadolint:DL4000',
    'buildkit:MaintainerDeprecated',
    'kics:maintainer_instruction_being_used',
    'checkov:CKV_DOCKER_6',
    'trivy:DS-0022',
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'MAINTAINER' || instruction.stage < 0) continue;
      const name = instruction.body.text.replace(/^(["'])(.*)\1$/, '$2');
      const label = instruction.written === 'maintainer' ? 'label' : 'LABEL';
      const text = `${label} org.opencontainers.image.authors="${name}"`;
      yield {
        at: placeOf(file, instruction.keywordSpan),
        message: 'MAINTAINER is deprecated.',
        // Docker replaces variables in a label, but not in MAINTAINER.
        fixes:
          name === '' || /["\\$]/.test(name)
            ? []
            : [{ title: 'Write a label', safe: true, edits: () => [replace(file, instruction.headSpan, text)] }],
      };
    }
  },
});
