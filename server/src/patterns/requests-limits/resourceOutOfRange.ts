import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Finding } from '../../rules/contract.ts';
import { type ContainerOf, containerName, containersOf, POD_OWNERS } from '../../rules/parts/containers.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { readQuantity } from '../../rules/parts/quantity.ts';

const BOUNDS = [
  ['requests', 'request', 'minimumRequest', 'least'],
  ['requests', 'request', 'maximumRequest', 'most'],
  ['limits', 'limit', 'minimumLimit', 'least'],
  ['limits', 'limit', 'maximumLimit', 'most'],
] as const;

/** What fits the organisation's nodes and budget: `policies.resources` of slipway.yaml. */
export const rule = defineRule({
  id: 'requests-limits/resource-out-of-range',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: ['polaris:resourceRange'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'resources');
    for (const name of ['cpu', 'memory'] as const) {
      for (const bound of BOUNDS) {
        const most = demand?.policy[name]?.[bound[2]];
        if (!demand || most === undefined) continue;
        for (const entry of containersOf(resource)) {
          const finding = outside(entry, name, bound, most);
          if (finding) yield { ...finding, ...demand.because(name, bound[2]) };
        }
      }
    }
  },
});

function outside(
  entry: ContainerOf,
  name: 'cpu' | 'memory',
  [part, noun, , side]: (typeof BOUNDS)[number],
  bound: string | number,
): Finding | undefined {
  const node = entry.container.find('resources', part, name);
  const [written, limit] = [readQuantity(node?.scalar), readQuantity(bound)];
  if (!node || written === undefined || limit === undefined) return undefined;
  if (side === 'least' ? written >= limit : written <= limit) return undefined;
  return {
    at: node,
    message: `The ${name} ${noun} of ${containerName(entry)}, ${node.text()}, is ${side === 'least' ? 'below' : 'above'} ${bound}.`,
    fixes: [{ title: `Use ${bound}`, safe: false, edits: () => [replaceValue(node, String(bound))] }],
  };
}
