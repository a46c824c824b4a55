import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import { resolveHost } from '../../workspace/istio/hosts.ts';
import { describeOther } from '../../workspace/resource.ts';
import { calledPorts } from './servicePorts.ts';

/** A destination port is a port of the Service or ServiceEntry, not a container's; another number is answered 503. */
export const rule = defineRule({
  id: 'service-mesh/destination-port-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  *check(resource, graph) {
    for (const { destination } of routeDestinations(resource)) {
      const number = destination.find('port', 'number');
      const host = destination.find('host');
      const target = host && resolveHost(host, resource, graph);
      if (number?.number() === undefined || target?.status !== 'found') continue;
      const ports = calledPorts(target.resource);
      const numbers = ports?.numbers;
      if (!ports || !numbers || numbers.length === 0 || numbers.includes(number.number()!)) continue;
      const only = numbers.length === 1 ? numbers[0]! : undefined;
      yield {
        at: number,
        message: `${describeOther(target.resource)} has no port ${number.number()}, only ${numbers.join(', ')}.`,
        related: [{ at: ports.list.keyPlace, message: `The ports of ${describeOther(target.resource)}.` }],
        ...(only === undefined
          ? {}
          : { fixes: [{ title: `Use port ${only}`, safe: true, edits: () => [replaceValue(number, String(only))] }] }),
      };
    }
  },
});
