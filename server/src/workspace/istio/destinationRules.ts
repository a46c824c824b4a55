import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import { isExportedTo } from './exports.ts';
import { fullHost, matchesHost, sameHost } from './hosts.ts';

export const DESTINATION_RULE = 'networking.istio.io/DestinationRule';
export const VIRTUAL_SERVICE = 'networking.istio.io/VirtualService';

/** The DestinationRules of the set that speak of `host`, as `writer` means it, and that the writer's namespace sees. */
export function destinationRulesFor(host: string, writer: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph.near(writer, DESTINATION_RULE).filter((rule) => {
    const ruleHost = rule.root.text('spec', 'host');
    if (ruleHost === undefined || isExportedTo(rule, writer.namespace) === false) return false;
    return sameHost(host, writer, ruleHost, rule) || matchesHost(ruleHost, fullHost(host, writer));
  });
}

/** The subset of that name in a DestinationRule, or undefined. */
export function subsetNamed(rule: Resource, name: string): SourceNode | undefined {
  return rule.root.find('spec', 'subsets')?.items.find((subset) => subset.text('name') === name);
}
