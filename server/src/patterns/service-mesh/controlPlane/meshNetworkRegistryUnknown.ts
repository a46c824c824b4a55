import { defineRule } from '../../../rules/contract.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import type { Resource } from '../../../workspace/resource.ts';
import { parseMap } from '../meshConfiguration.ts';

const OPERATOR = 'install.istio.io/IstioOperator';
/** The registry of the cluster that the control plane runs in. */
const OWN = 'Kubernetes';

interface Registry {
  readonly network: string;
  readonly name: string;
  readonly at: SourceNode;
}

/** Endpoints of a registry that nobody connects belong to no network, and calls to them go nowhere. */
export const rule = defineRule({
  id: 'service-mesh/mesh-network-registry-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ['ConfigMap', OPERATOR],
  equivalents: ['istioctl:IST0126'],
  *check(resource, graph) {
    const registries = [...registriesOf(resource)];
    if (registries.length === 0) return;
    const known = new Set([OWN]);
    let isOpen = false;
    for (const { root } of graph.near(resource, 'Secret')) {
      if (root.text('metadata', 'labels', 'istio/multiCluster') !== 'true') continue;
      for (const field of ['data', 'stringData'])
        for (const entry of root.find(field)?.entries ?? []) known.add(entry.key ?? '');
      isOpen ||= !root.known;
    }
    for (const { root } of graph.near(resource, OPERATOR)) {
      const cluster = root.text('spec', 'values', 'global', 'multiCluster', 'clusterName');
      if (cluster !== undefined) known.add(cluster);
    }
    if (isOpen) return;
    for (const { network, name, at } of registries) {
      if (known.has(name)) continue;
      yield {
        at,
        message: `Network ${network} has endpoints of the registry ${name}, but no Secret with the label istio/multiCluster connects a cluster of that name.`,
        // Such Secrets are mostly made by a command and stand in no file.
        ...(known.size > 1 ? {} : { strict: true }),
      };
    }
  },
});

function* registriesOf({ type, name, root }: Resource): Iterable<Registry> {
  if (type === OPERATOR) {
    for (const network of root.find('spec', 'values', 'global', 'meshNetworks')?.entries ?? []) {
      for (const endpoint of network.find('endpoints')?.items ?? []) {
        const at = endpoint.find('fromRegistry');
        if (at?.text()) yield { network: network.key ?? '', name: at.text()!, at };
      }
    }
    return;
  }
  const at = root.find('data', 'meshNetworks');
  if (!at || !/^istio(?:-|$)/.test(name ?? '')) return;
  const networks = parseMap(at.text())['networks'];
  if (typeof networks !== 'object' || networks === null) return;
  for (const [network, value] of Object.entries(networks)) {
    const endpoints: unknown = (value as { endpoints?: unknown } | null)?.endpoints;
    if (!Array.isArray(endpoints)) continue;
    for (const endpoint of endpoints) {
      const registry: unknown = (endpoint as { fromRegistry?: unknown } | null)?.fromRegistry;
      if (typeof registry === 'string') yield { network, name: registry, at };
    }
  }
}
