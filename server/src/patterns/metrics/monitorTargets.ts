import type { SourceNode } from '../../text/sourceNode.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph, Ternary } from '../../workspace/resourceGraph.ts';
import { matchesLabelSelector, namespacesAgree } from '../../workspace/selection.ts';

export const SERVICE_MONITOR = 'monitoring.coreos.com/ServiceMonitor';
export const POD_MONITOR = 'monitoring.coreos.com/PodMonitor';

/** What a monitor selects: Services for a ServiceMonitor, workloads for a PodMonitor. */
export interface MonitorTargets {
  readonly resources: readonly Resource[];
  /** False where a template of the same set may have more. */
  readonly certain: boolean;
  /** A chart or an overlay beside this set may have more. */
  readonly mayBeElsewhere: boolean;
  /** The namespaces that are looked at have such objects here at all. */
  readonly describesTargets: boolean;
}

/** Follows `selector` and `namespaceSelector`, which without a word means the monitor's own namespace. */
export function monitorTargets(monitor: Resource, graph: ResourceGraph): MonitorTargets {
  const selector = monitor.root.find('spec', 'selector');
  const types = monitor.type === SERVICE_MONITOR ? ['Service'] : WORKLOAD_TYPES;
  const set = graph.setOf(monitor);
  const resources: Resource[] = [];
  let certain = selector?.known === true;
  let mayBeElsewhere = false;
  let describesTargets = false;
  for (const candidate of graph.all(...types)) {
    const inNamespace = isWatched(monitor, candidate.namespace);
    if (inNamespace === false) continue;
    const matches = matchesLabelSelector(selector, labelsOf(candidate));
    const isNear = graph.setOf(candidate) === set;
    if (matches === true && inNamespace === true) resources.push(candidate);
    else if (matches !== false && isNear) certain = false;
    else if (matches !== false) mayBeElsewhere = true;
    if (isNear) describesTargets = true;
  }
  return { resources, certain, mayBeElsewhere, describesTargets };
}

function labelsOf(resource: Resource): SourceNode | undefined {
  return workloadOf(resource)?.podLabels ?? resource.root.find('metadata', 'labels');
}

/** The monitor looks into this namespace; undefined where a template says which. */
function isWatched({ root, namespace: own }: Resource, namespace: string | undefined): Ternary {
  const selector = root.find('spec', 'namespaceSelector');
  if (!selector) return root.lacks('spec', 'namespaceSelector') ? namespacesAgree(own, namespace) : undefined;
  if (selector.boolean('any') === true) return true;
  const names = selector.find('matchNames');
  if (!names) return selector.lacks('matchNames') ? namespacesAgree(own, namespace) : undefined;
  if (!names.known) return undefined;
  return namespace === undefined || names.items.some((name) => name.text() === namespace);
}
