import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';

/** `sudo` needs the escalation of rights that a container should forbid. */
export const rule = defineRule({
  id: 'pod-security/sudo-in-command',
  severity: 'warning',
  profile: 'strict',
  types: CONTAINER_OWNERS,
  equivalents: ['kubescape:sudo-in-container-entrypoint'],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const words = ['command', 'args'].flatMap((field) => entry.container.find(field)?.items ?? []);
      const sudo = words.find((word) => /(?:^|[\s;&|(])(?:\/usr\/bin\/)?sudo(?:\s|$)/.test(word.text() ?? ''));
      if (!sudo) continue;
      yield { at: sudo, message: `The command of ${containerName(entry)} calls sudo.` };
    }
  },
});
