import { matchesAny } from '../../configuration/glob.ts';
import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { choice, demandOf } from '../../rules/parts/policies.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The organisation's registry asks for a login: `policies.images.pullSecrets` of slipway.yaml. */
export const rule = defineRule({
  id: 'pod-security/pull-secret-missing',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: ['kyverno:require-imagepullsecrets'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'images');
    const names = demand?.policy.pullSecrets ?? [];
    const podSpec = workloadOf(resource)?.podSpec;
    if (!demand || names.length === 0 || podSpec?.kind !== 'map' || accountHas(names, resource, graph)) return;
    const written = podSpec.find('imagePullSecrets');
    if (written ? !written.known : !podSpec.lacks('imagePullSecrets')) return;
    if (written?.items.some((item) => matchesAny(names, item.text('name') ?? ''))) return;
    yield {
      at: written?.keyPlace ?? podSpec.keyPlace,
      message: `${describe(resource)} does not pull its images with the Secret ${choice(names)}.`,
      ...demand.because('pullSecrets'),
    };
  },
});

/** Pods take over the pull secrets of their service account. */
function accountHas(names: readonly string[], resource: Resource, graph: ResourceGraph): boolean {
  return graph.edgesFrom(resource, 'runs-as').some(({ target }) => {
    const secrets = target.status === 'found' ? target.resource.root.find('imagePullSecrets') : undefined;
    return secrets?.known === false || secrets?.items.some((item) => matchesAny(names, item.text('name') ?? ''));
  });
}
