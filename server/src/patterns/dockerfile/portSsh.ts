import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { exposedWords } from './exposedPorts.ts';

/** A container is entered by `docker exec` or `kubectl exec`; an SSH server in it is a second way in that must be guarded. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/port-ssh',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['kics:exposing_port_22', 'checkov:CKV_DOCKER_1', 'trivy:DS-0004'],
  *check(file) {
    for (const { word, ports, protocol } of exposedWords(file)) {
      const [first, last = first] = ports.split('-').map(Number);
      if (first === undefined || last === undefined || first > 22 || last < 22 || first === 0) continue;
      if (protocol === '' || protocol.toLowerCase() === 'tcp') {
        yield { at: placeOf(file, word.span), message: 'Port 22 lets SSH into the container.' };
      }
    }
  },
});
