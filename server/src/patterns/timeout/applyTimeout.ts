import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyToRoute } from '../retry/applyRetry.ts';

/** Adds a timeout to the route to the workload's Service, or writes such a route beside the Service. */
export function applyTimeout(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  return applyToRoute(resource, graph, 'timeout', 'timeouts');
}
