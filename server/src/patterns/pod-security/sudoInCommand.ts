import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';

/** `sudo` needs the escalation of rights that a container should forbid. */
export const rule = defineRule({
  id: 'pod-security/sudo-in-command',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: ['kubescape:sudo-in-container-entrypoint'],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      const words = ['command', 'args'].flatMap((field) => entry.container.find(field)?.items ?? []);
      const sudo = words.find((word) => /(?:^|[\s;&|(])(?:\/usr\/bin\/)?sudo(?:\s|$)/.test(word.text() ?? ''));
      if (!sudo) continue;
      yield { at: sudo, message: `The command of ${containerName(entry)} calls sudo.` };
    }
  },
});
