import type { SourceNode } from '../../../text/sourceNode.ts';
import { workloadOf } from '../../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph, Ternary } from '../../../workspace/resourceGraph.ts';
import { namespaceObject } from '../injection/podInjection.ts';

export const USE_WAYPOINT = 'istio.io/use-waypoint';
export const DATAPLANE_MODE = 'istio.io/dataplane-mode';

/** The labels by which an object joins the mesh: those of the pods for workloads, else its own. */
export function meshLabels(resource: Resource): SourceNode | undefined {
  return workloadOf(resource)?.podLabels ?? resource.root.find('metadata', 'labels');
}

/** The Namespace of the resource says that its pods are in ambient mode. */
export function isAmbientNamespace(resource: Resource, graph: ResourceGraph): boolean {
  return namespaceObject(resource, graph)?.root.text('metadata', 'labels', DATAPLANE_MODE) === 'ambient';
}

/** The pods of a workload are in ambient mode. */
export function isAmbient(workload: Resource, graph: ResourceGraph): boolean {
  const own = meshLabels(workload)?.text(DATAPLANE_MODE);
  return own === undefined ? isAmbientNamespace(workload, graph) : own === 'ambient';
}

/** A waypoint answers for the object: by its own label, else by that of its Namespace. `none` refuses it. */
export function hasWaypoint(resource: Resource, graph: ResourceGraph): Ternary {
  const labels = meshLabels(resource);
  const own = labels?.text(USE_WAYPOINT);
  if (own !== undefined) return own !== 'none';
  if (labels?.open || labels?.find(USE_WAYPOINT)) return undefined;
  const namespace = namespaceObject(resource, graph);
  if (!namespace) return undefined;
  const inherited = namespace.root.text('metadata', 'labels', USE_WAYPOINT);
  if (inherited !== undefined) return inherited !== 'none';
  return namespace.root.lacks('metadata', 'labels', USE_WAYPOINT) ? false : undefined;
}
