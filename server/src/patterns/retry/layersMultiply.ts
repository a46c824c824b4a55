import { defineRule } from '../../rules/contract.ts';
import { instanceInWords, instancesSetBy } from '../../rules/parts/resilienceSettings.ts';
import { calleeOfInstance } from '../../workspace/applications/spring/clientCalls.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { type RouteRetries, readRetries } from './retries.ts';

/** The application repeats what the mesh has repeated already: a callee that is in trouble gets the product of both. */
export const rule = defineRule({
  id: 'retry/layers-multiply',
  severity: 'warning',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const { instance, written } of instancesSetBy(resource, 'retry', 'max-attempts', graph)) {
      const tries = Number(written.value);
      const callee = calleeOfInstance(instance, graph);
      if (!callee || !Number.isInteger(tries) || tries < 2) continue;
      const routes = retriesTowards(callee, graph);
      const most = routes.reduce<MeshRetries | undefined>(
        (a, b) => ((b.retries.attempts ?? 0) > (a?.retries.attempts ?? 0) ? b : a),
        undefined,
      );
      if (!most) continue;
      const meshTries = 1 + most.retries.attempts!;
      yield {
        at: written.at,
        message: `${capital(instanceInWords(instance))} tries ${tries} times, and each time the mesh tries ${meshTries} times: one request reaches ${describeOther(callee)} up to ${tries} × ${meshTries} = ${tries * meshTries} times.`,
        related: [{ at: most.at, message: 'The retries of the mesh.' }],
      };
    }
  },
});

interface MeshRetries {
  readonly retries: RouteRetries;
  readonly at: Resource['root'];
}

/** The retries that routes to a Service write; those that Istio has by default only repeat what never reached a pod. */
function retriesTowards(service: Resource, graph: ResourceGraph): MeshRetries[] {
  const owners = new Set(
    graph.edgesTo(service, 'routes-to').flatMap(({ source }) => (source.type === VIRTUAL_SERVICE ? source : [])),
  );
  return [...owners].flatMap((owner) => {
    const routes = new Set([...routeDestinations(owner)].map(({ route }) => route));
    return [...routes].flatMap((route) => {
      const at = route.find('retries', 'attempts');
      const retries = readRetries(route);
      return at && (retries.attempts ?? 0) > 0 ? [{ retries, at }] : [];
    });
  });
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
