import { defineRule, type Rule } from '../../rules/contract.ts';
import { label } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { GATEWAY } from '../network/gatewayRoutes.ts';
import { INGRESS } from '../network/ingresses.ts';
import { ISTIO_GATEWAY } from '../service-mesh/ingressGateways.ts';
import { type DutyDone, type Entry, entryOf } from './entries.ts';

/** A rule that says that nothing here does one duty of a gateway, at the gateway or, where there is none, at the route. */
export function dutyRule(
  id: `api-gateway/${string}`,
  says: string,
  done: (entry: Entry, graph: ResourceGraph) => readonly DutyDone[],
): Rule {
  return defineRule({
    id,
    severity: 'information',
    // What guards the way may stand before the gateway, or in the applications.
    profile: 'strict',
    types: [ISTIO_GATEWAY, GATEWAY, INGRESS],
    *check(resource, graph) {
      const entry = entryOf(resource, graph);
      const at = resource.root.find('metadata', 'name');
      if (!entry || !at || entry.routes.length === 0 || graph.isIncomplete(resource)) return;
      // Annotations that a template writes may do it.
      if (entry.routes.some(({ root }) => root.find('metadata', 'annotations')?.open || root.find('metadata')?.open))
        return;
      if (resource.type === INGRESS && resource !== entry.routes[0]) return;
      if (done(entry, graph).length > 0) return;
      const routes = entry.routes.slice(0, 3).map(label).join(', ');
      yield {
        at,
        message: `${says} ${routes}${entry.routes.length > 3 ? ` and ${entry.routes.length - 3} more` : ''}.`,
      };
    },
  });
}
