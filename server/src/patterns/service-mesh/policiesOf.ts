import type { SourceNode } from '../../text/sourceNode.ts';
import { DESTINATION_RULE, destinationRulesFor } from '../../workspace/istio/destinationRules.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The DestinationRules for a host. */
export interface Policies {
  readonly rules: readonly Resource[];
  /** False where a template writes this host or that of a DestinationRule beside it. */
  readonly certain: boolean;
}

/** The DestinationRules of the set that speak of a host which `writer` writes. */
export function policiesOf(host: SourceNode, writer: Resource, graph: ResourceGraph): Policies {
  const name = host.text();
  return {
    rules: name === undefined ? [] : destinationRulesFor(name, writer, graph),
    certain: name !== undefined && areHostsKnown(writer, graph),
  };
}

function areHostsKnown(writer: Resource, graph: ResourceGraph): boolean {
  return graph.memo(`known-policy-hosts ${graph.setOf(writer)}`, () =>
    graph
      .near(writer, DESTINATION_RULE)
      .every(({ root }) => root.text('spec', 'host') !== undefined || root.lacks('spec', 'host')),
  );
}
