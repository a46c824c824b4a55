import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf, namePlace } from '../../rules/parts/containers.ts';

/** Logs and temporary files of one container may fill the disk of the node, and all its pods are evicted. */
export const rule = defineRule({
  id: 'storage/ephemeral-storage-unbounded',
  severity: 'information',
  profile: 'strict',
  types: CONTAINER_OWNERS,
  equivalents: [
    'kube-score:container-ephemeral-storage-request-and-limit',
    'kube-score:container-ephemeral-storage-request-equals-limit',
    'gatekeeper:ephemeralstoragelimit',
  ],
  *check(resource, graph) {
    const hasDefault = graph
      .sameNamespace(resource, ['LimitRange'])
      .some(({ root }) =>
        root.find('spec', 'limits')?.items.some((limit) => !limit.lacks('default', 'ephemeral-storage')),
      );
    if (hasDefault) return;
    for (const entry of containersOf(resource)) {
      const { container } = entry;
      if (!container.lacks('resources', 'limits', 'ephemeral-storage')) continue;
      yield {
        at: namePlace(container),
        message: `Nothing keeps ${containerName(entry)} from filling the disk of its node: it has no limit of ephemeral-storage.`,
        fixes: [
          {
            title: 'Add a limit of 256Mi',
            safe: false,
            edits: () => setValue(container, ['resources', 'limits', 'ephemeral-storage'], '256Mi'),
          },
        ],
      };
    }
  },
});
