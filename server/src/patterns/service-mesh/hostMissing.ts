import type { SourceNode } from '../../text/sourceNode.ts';
import { halfNamedService, serviceEntriesFor } from '../../workspace/istio/hosts.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The full name of the Service that `name.namespace` stands for, where there is such a Service and nothing else answers. */
export function misspelledService(host: SourceNode, writer: Resource, graph: ResourceGraph): string | undefined {
  const half = halfNamedService(host.text() ?? '');
  if (!half || serviceEntriesFor(host.text()!, writer, graph).length > 0) return undefined;
  const { name, namespace } = half.service;
  return graph.lookup(writer, ['Service'], name, namespace).status === 'found' ? half.full : undefined;
}

/** A ServiceEntry that lists the host and does not show it to the writer's namespace. */
export function hiddenEntry(host: string, writer: Resource, graph: ResourceGraph): Resource | undefined {
  return serviceEntriesFor(host, writer, graph)[0];
}
