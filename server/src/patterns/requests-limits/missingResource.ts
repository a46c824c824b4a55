import type { Finding } from '../../rules/contract.ts';
import { containerName, containersOf, namePlace } from '../../rules/parts/containers.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { TextEdit } from '../../text/sourceText.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

const REFERENCE: Readonly<Record<string, string>> = {
  'requests cpu': '100m',
  'limits cpu': '500m',
  'requests memory': '128Mi',
  'limits memory': '512Mi',
};

/** Containers for which nothing sets a request or limit: neither the manifest nor a LimitRange of their namespace. */
export function* missingResource(
  resource: Resource,
  graph: ResourceGraph,
  part: 'requests' | 'limits',
  name: 'cpu' | 'memory',
  words: string,
  edits: (container: SourceNode) => TextEdit[],
): Iterable<Finding> {
  if (hasDefault(resource, graph, part, name)) return;
  for (const entry of containersOf(resource)) {
    const { container } = entry;
    if (!container.lacks('resources', part, name)) continue;
    // A request that is not written is set to the limit.
    if (part === 'requests' && !container.lacks('resources', 'limits', name)) continue;
    yield {
      at: namePlace(container),
      message: `There is no ${words} for ${containerName(entry)}.`,
      fixes: [
        { title: `Add a ${words} of ${REFERENCE[`${part} ${name}`]}`, safe: false, edits: () => edits(container) },
      ],
    };
  }
}

function hasDefault(resource: Resource, graph: ResourceGraph, part: 'requests' | 'limits', name: string): boolean {
  const field = part === 'requests' ? ['defaultRequest', 'default'] : ['default'];
  return graph
    .sameNamespace(resource, ['LimitRange'])
    .some((range) =>
      range.root
        .find('spec', 'limits')
        ?.items.some((limit) => limit.text('type') === 'Container' && field.some((key) => limit.find(key, name))),
    );
}
