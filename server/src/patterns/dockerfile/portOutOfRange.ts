import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { exposedWords } from './exposedPorts.ts';

/** Ports end at 65535; the builder refuses more. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/port-out-of-range',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['hadolint:DL3011', 'kics:unix_ports_out_of_range', 'trivy:DS-0008'],
  *check(file) {
    for (const { word, ports } of exposedWords(file)) {
      const beyond = ports.split('-').find((port) => /^\d+$/.test(port) && Number(port) > 65_535);
      if (beyond !== undefined)
        yield { at: placeOf(file, word.span), message: `There is no port ${beyond}: the highest one is 65535.` };
    }
  },
});
