import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import { isExportedTo } from './exports.ts';
import { fullHost, matchesHost, sameHost, serviceHost } from './hosts.ts';

export const DESTINATION_RULE = 'networking.istio.io/DestinationRule';
export const VIRTUAL_SERVICE = 'networking.istio.io/VirtualService';

/** The DestinationRules of the set that speak of `host`, as `writer` means it, and that the writer's namespace sees. */
export function destinationRulesFor(host: string, writer: Resource, graph: ResourceGraph): readonly Resource[] {
  const { byHost, general } = ruleIndex(writer, graph);
  const full = fullHost(host, writer);
  const keys = new Set([hostKey(host, writer), hostKey(full, writer), full]);
  const candidates = [...general, ...[...keys].flatMap((key) => byHost.get(key) ?? [])];
  return candidates
    .filter(({ rule, host: ruleHost }) => {
      if (isExportedTo(rule, writer.namespace) === false) return false;
      return sameHost(host, writer, ruleHost, rule) || matchesHost(ruleHost, full);
    })
    .sort((a, b) => a.position - b.position)
    .map(({ rule }) => rule);
}

/** A DestinationRule whose host is known, and its place among those of its set. */
interface IndexedRule {
  readonly rule: Resource;
  readonly host: string;
  readonly position: number;
}

interface RuleIndex {
  readonly byHost: ReadonlyMap<string, readonly IndexedRule[]>;
  /** Those for many hosts. */
  readonly general: readonly IndexedRule[];
}

function ruleIndex(writer: Resource, graph: ResourceGraph): RuleIndex {
  return graph.memo(`destination-rules ${graph.setOf(writer)}`, () => {
    const byHost = new Map<string, IndexedRule[]>();
    const general: IndexedRule[] = [];
    for (const [position, rule] of graph.near(writer, DESTINATION_RULE).entries()) {
      const host = rule.root.text('spec', 'host');
      if (host === undefined) continue;
      const indexed = { rule, host, position };
      if (host.includes('*')) general.push(indexed);
      else {
        const key = hostKey(host, rule);
        const others = byHost.get(key);
        if (others) others.push(indexed);
        else byHost.set(key, [indexed]);
      }
    }
    return { byHost, general };
  });
}

/** The same for every spelling of a host: the name of the Service that it stands for, or else the host itself. */
function hostKey(host: string, writer: Resource): string {
  return serviceHost(host, writer)?.name ?? host;
}

/** The subset of that name in a DestinationRule, or undefined. */
export function subsetNamed(rule: Resource, name: string): SourceNode | undefined {
  return rule.root.find('spec', 'subsets')?.items.find((subset) => subset.text('name') === name);
}
