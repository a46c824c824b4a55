import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';

/** The API server rejects a mount of a volume that the pod does not have. */
export const rule = defineRule({
  id: 'reliability/volume-unknown',
  severity: 'error',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: ['kubevious:volume-mount-ref'],
  *check(resource, graph) {
    const { podSpec } = workloadOf(resource)!;
    if (!podSpec) return;
    const names: (string | undefined)[] = [];
    for (const [owner, path, namePath] of [
      [podSpec, ['volumes'], ['name']],
      [resource.root, ['spec', 'volumeClaimTemplates'], ['metadata', 'name']],
    ] as readonly [SourceNode, readonly string[], readonly string[]][]) {
      const list = owner.find(...path);
      if (!list && !owner.lacks(...path)) return;
      if (list?.open) return;
      names.push(...(list?.items ?? []).map((item) => item.text(...namePath)));
    }
    // A volume whose name a template writes may be any.
    if (names.includes(undefined)) return;
    // What includes a component may bring the volume.
    const mayBePatched = graph.isIncomplete(resource);
    for (const entry of containersOf(resource)) {
      for (const field of ['volumeMounts', 'volumeDevices']) {
        for (const mount of entry.container.find(field)?.items ?? []) {
          const name = mount.find('name');
          const written = name?.text();
          if (!name || written === undefined || names.includes(written)) continue;
          const known = names.slice(0, 8).join(', ');
          yield {
            at: name,
            message: `The pod has no volume ${written} for ${containerName(entry)}${known ? `, only ${known}` : ''}.`,
            ...(mayBePatched ? { strict: true, severity: 'information' as const } : {}),
          };
        }
      }
    }
  },
});
