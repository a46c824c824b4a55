import type { SourceNode } from '../../text/sourceNode.ts';
import { resolveHost } from '../../workspace/istio/hosts.ts';
import { type PodSelection, podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { matchesLabels } from '../../workspace/selection.ts';

/** The pods behind a subset: those of the host's Service that carry the subset's labels as well. */
export function podsOfSubset(rule: Resource, subset: SourceNode, graph: ResourceGraph): PodSelection {
  const ofHost = podsOfHost(rule, graph);
  if (!ofHost) return { workloads: [], certain: false };
  const labels = subset.find('labels');
  let certain = ofHost.certain && labels?.kind === 'map';
  const workloads = ofHost.workloads.filter(({ podLabels }) => {
    const matches = matchesLabels(labels, podLabels);
    if (matches === undefined) certain = false;
    return matches === true;
  });
  return { workloads, certain };
}

/** The serving pods of a DestinationRule's host; undefined where the host is no Service of the workspace. */
export function podsOfHost(rule: Resource, graph: ResourceGraph): PodSelection | undefined {
  const host = rule.root.find('spec', 'host');
  const target = host && resolveHost(host, rule, graph);
  if (target?.status !== 'found' || target.resource.type !== 'Service') return undefined;
  const selection = podsByLabels(target.resource, target.resource.root.find('spec', 'selector'), graph);
  return {
    ...selection,
    workloads: selection.workloads.filter(({ resource }) => SERVING_TYPES.includes(resource.type)),
  };
}
