import { defineRule, type Fix } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { Place } from '../../text/sourceNode.ts';
import { serviceEntriesFor } from '../../workspace/istio/hosts.ts';
import { CALLING_TYPES } from '../../workspace/kubernetes/serviceCalls.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { likelyCalls, oncePerAddress } from './likelyCalls.ts';

/** A name that no Service has is not resolved, and every call fails. */
export const rule = defineRule({
  id: 'sync-rest/callee-unknown',
  severity: 'error',
  profile: 'recommended',
  types: CALLING_TYPES,
  *check(resource, graph) {
    for (const { address, caller, target } of oncePerAddress(likelyCalls(resource, graph))) {
      if (target.status !== 'missing' || address.scheme === undefined || !caller) continue;
      if (serviceEntriesFor(address.host, caller.resource, graph).length > 0) continue;
      const [name, written] = address.host.split('.') as [string, string | undefined];
      const namespace = written ?? caller.resource.namespace;
      const services = graph.near(resource, 'Service');
      const elsewhere = services.find((service) => service.name === name && service.namespace !== undefined);
      const isElsewhere = elsewhere !== undefined && elsewhere.namespace !== namespace;
      const near = isElsewhere ? undefined : nearService(name, namespace, services);
      // What other charts bring along (databases, Prometheus) is called by names that no file here has. A name like one
      // that is here, and a Service of another namespace, are meant.
      const isMeant = isElsewhere || (near !== undefined && /^https?$/.test(address.scheme) && target.certain);
      yield {
        at: address.hostPlace,
        message: `There is no Service ${name}${namespace ? ` in namespace ${namespace}` : ''}, which ${describeOther(caller.resource)} calls${isElsewhere ? `, but there is one in ${elsewhere.namespace}` : ''}.`,
        ...(isElsewhere
          ? { related: [{ at: elsewhere.root.find('metadata', 'name')!, message: 'The Service of this name.' }] }
          : {}),
        ...(isMeant ? {} : { strict: true as const }),
        fixes: isElsewhere
          ? [callInstead(`${name}.${elsewhere.namespace}`, address.hostPlace)]
          : near !== undefined
            ? [callInstead([near, ...address.host.split('.').slice(1)].join('.'), address.hostPlace)]
            : [],
      };
    }
  },
});

function callInstead(host: string, { source, span }: Place): Fix {
  return { title: `Call ${host}`, safe: false, edits: () => [{ uri: source.uri, span, newText: host }] };
}

/** The Service of the namespace whose name is the written one but for a slip. */
function nearService(name: string, namespace: string | undefined, services: readonly Resource[]): string | undefined {
  const names = services.flatMap((service) =>
    namespacesAgree(service.namespace, namespace) && service.name !== undefined ? service.name : [],
  );
  const near = nearestName(name, names);
  return near !== undefined && Math.abs(near.length - name.length) <= 2 ? near : undefined;
}
