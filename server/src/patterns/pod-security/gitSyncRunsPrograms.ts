import { parseImageReference } from '../../languages/imageReference.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

/** Options, as arguments and as variables, whose value git-sync runs as a program or hands to git as configuration. */
const OPTION = /^--?(?:git|git-config|exechook-command|sync-hook-command|askpass-url|ssh-known-hosts-file)(?:=|$)/;
const VARIABLE =
  /^(?:GIT_SYNC_|GITSYNC_)(?:GIT|GIT_CONFIG|EXECHOOK_COMMAND|HOOK_COMMAND|SYNC_HOOK_COMMAND|ASKPASS_URL)$/;

/** Whoever can write this value runs programs in the pod, with its credentials. */
export const rule = defineRule({
  id: 'pod-security/git-sync-runs-programs',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: ['checkov:CKV_K8S_159'],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      const { container } = entry;
      if (parseImageReference(container.text('image') ?? '')?.name !== 'git-sync') continue;
      const options: SourceNode[] = [
        ...['command', 'args']
          .flatMap((field) => container.find(field)?.items ?? [])
          .filter((word) => OPTION.test(word.text() ?? '')),
        ...(container.find('env')?.items ?? [])
          .flatMap((variable) => variable.find('name') ?? [])
          .filter((name) => VARIABLE.test(name.text() ?? '')),
      ];
      for (const option of options) {
        yield {
          at: option,
          message: `${option.text()!.split('=', 1)[0]} makes ${containerName(entry)} run what stands in it as a program.`,
        };
      }
    }
  },
});
