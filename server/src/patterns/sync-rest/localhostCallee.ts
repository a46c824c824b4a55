import { defineRule } from '../../rules/contract.ts';
import { declaredPorts } from '../../rules/parts/ports.ts';
import { CALLING_TYPES } from '../../workspace/kubernetes/serviceCalls.ts';
import { describeOther } from '../../workspace/resource.ts';
import { likelyCalls, oncePerAddress } from './likelyCalls.ts';

/** In a pod `localhost` is the pod itself, not the machine on which the developer's other services ran. */
export const rule = defineRule({
  id: 'sync-rest/localhost-callee',
  severity: 'warning',
  // Injected sidecars listen on ports that no file declares.
  profile: 'strict',
  types: CALLING_TYPES,
  *check(resource, graph) {
    for (const { address, caller, name } of oncePerAddress(likelyCalls(resource, graph))) {
      const { host, hostPlace, port } = address;
      if (!caller || port === undefined || (host !== 'localhost' && host !== '127.0.0.1')) continue;
      // What a container does at its own start, or a probe asks, is about itself.
      if (name === '') continue;
      const { podSpec, containers, template } = caller;
      if (!podSpec || podSpec.boolean('hostNetwork') === true || podSpec.open || template?.open) continue;
      const declared = declaredPorts(caller);
      if (!containers.every((container) => container.find('ports') && !container.open)) continue;
      if (declared.some(({ at: port, number }) => number === address.port || !port.known)) continue;
      yield {
        at: hostPlace,
        message: `${describeOther(caller.resource)} calls port ${port} of ${host}, but none of its own containers declares it, only ${[...new Set(declared.map(({ number }) => number))].join(', ')}.`,
      };
    }
  },
});
