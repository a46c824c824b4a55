import { destinationRulesFor } from '../../workspace/istio/destinationRules.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { MARKER } from '../yamlCursor.ts';
import type { NameFinder } from './nameFinder.ts';

/** The volumes of the pod, where a container mounts one. */
export const volumeNames: NameFinder = {
  path: /(?:^|\.)(?:volumeMounts|volumeDevices)\[\]\.name$/,
  *find({ resource }) {
    const workload = workloadOf(resource);
    const volumes = workload?.podSpec?.find('volumes')?.items ?? [];
    const claims = resource.root.find('spec', 'volumeClaimTemplates')?.items ?? [];
    for (const volume of volumes) {
      const kind = volume.entries.find(({ key }) => key !== 'name')?.key ?? 'volume';
      const name = volume.text('name');
      if (name !== undefined && name !== MARKER) yield { value: name, detail: kind };
    }
    for (const claim of claims) {
      const name = claim.text('metadata', 'name');
      if (name !== undefined) yield { value: name, detail: 'volumeClaimTemplates' };
    }
  },
};

/** The subsets that the DestinationRules of a route's host define. */
export const subsetNames: NameFinder = {
  path: /(?:^|\.)subset$/,
  *find({ graph, node, resource }) {
    const host = node.parent?.text('host');
    if (host === undefined) return;
    for (const rule of destinationRulesFor(host, resource, graph)) {
      for (const subset of rule.root.find('spec', 'subsets')?.items ?? []) {
        const name = subset.text('name');
        if (name !== undefined) yield { value: name, detail: `subset of ${rule.name ?? 'a DestinationRule'}` };
      }
    }
  },
};

/** The listeners of the Gateway that a route attaches to. */
export const listenerNames: NameFinder = {
  path: /(?:^|\.)parentRefs\[\]\.sectionName$/,
  *find({ graph, node, resource }) {
    const name = node.parent?.text('name');
    if (name === undefined) return;
    const namespace = node.parent?.text('namespace') ?? resource.namespace;
    const target = graph.lookup(resource, ['gateway.networking.k8s.io/Gateway'], name, namespace);
    if (target.status !== 'found') return;
    for (const listener of target.resource.root.find('spec', 'listeners')?.items ?? []) {
      const value = listener.text('name');
      if (value !== undefined) yield { value, detail: `listener of ${name}` };
    }
  },
};
