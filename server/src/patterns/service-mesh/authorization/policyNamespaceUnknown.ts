import { defineRule } from '../../../rules/contract.ts';
import { nearestName } from '../../../text/nearestName.ts';
import { describe } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { AUTHORIZATION_POLICY, sourceValues } from './sources.ts';

/** No caller comes from a namespace that does not exist, so the rule admits, or refuses, nobody. */
export const rule = defineRule({
  id: 'service-mesh/policy-namespace-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: [AUTHORIZATION_POLICY],
  equivalents: ['kiali:KIA0101'],
  *check(policy, graph) {
    const namespaces = graph.near(policy, 'Namespace');
    // Only a workspace that writes its Namespaces tells which there are.
    if (namespaces.length === 0 || namespaces.some(({ name }) => name === undefined)) return;
    const known = graph.memo('namespaces', () => namesOf(graph));
    for (const value of sourceValues(policy.root, ['namespaces', 'notNamespaces'], 'source.namespace')) {
      const written = value.text();
      if (written === undefined || written.includes('*') || known.has(written)) continue;
      const near = nearestName(written, known);
      yield {
        at: value,
        message: `${describe(policy)} speaks of namespace ${written}, which no file describes${near ? `; did you mean ${near}?` : '.'}`,
        ...(near ? {} : { strict: true }),
      };
    }
  },
});

/** Every namespace that some file of the workspace describes or puts an object into. */
function namesOf(graph: ResourceGraph): ReadonlySet<string> {
  return new Set([
    ...graph.all('Namespace').flatMap(({ name }) => name ?? []),
    ...graph.all().flatMap(({ namespace }) => namespace || []),
    'default',
    'kube-system',
  ]);
}
