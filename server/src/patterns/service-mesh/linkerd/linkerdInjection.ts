import type { SourceNode } from '../../../text/sourceNode.ts';
import type { Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';

/** Annotation of Namespaces and pods that puts them into the mesh of Linkerd. */
export const LINKERD_INJECT = 'linkerd.io/inject';

export function linkerdInjection(metadata: SourceNode | undefined): SourceNode | undefined {
  return metadata?.find('annotations', LINKERD_INJECT);
}

/** Some Namespace beside this one is in the mesh of Linkerd. */
export function meshedNeighbour(namespace: Resource, graph: ResourceGraph): Resource | undefined {
  return graph.near(namespace, 'Namespace').find((other) => {
    const mode = linkerdInjection(other.root.find('metadata'))?.text();
    return other !== namespace && (mode === 'enabled' || mode === 'ingress');
  });
}
