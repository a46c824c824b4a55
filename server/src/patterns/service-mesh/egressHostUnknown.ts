import { defineRule } from '../../rules/contract.ts';
import { matchesHost, SERVICE_ENTRY, serviceHost } from '../../workspace/istio/hosts.ts';
import { describe } from '../../workspace/resource.ts';
import { namespacesAgree } from '../../workspace/selection.ts';

/** A sidecar knows only what its Sidecar imports; a host that nothing answers to is imported in vain. */
export const rule = defineRule({
  id: 'service-mesh/egress-host-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: ['networking.istio.io/Sidecar'],
  equivalents: ['kiali:KIA1004'],
  *check(sidecar, graph) {
    for (const listener of sidecar.root.find('spec', 'egress')?.items ?? []) {
      for (const host of listener.find('hosts')?.items ?? []) {
        const [scope, name, rest] = host.text()?.split('/') ?? [];
        if (scope === undefined || name === undefined) {
          if (host.text() === undefined) continue;
          yield {
            at: host,
            severity: 'error',
            message: `${describe(sidecar)} is rejected: ${host.text()} has no namespace before a slash, as in ./${host.text()} or */${host.text()}.`,
          };
          continue;
        }
        if (rest !== undefined || scope === '~' || name === '*') continue;
        const namespace = scope === '.' ? sidecar.namespace : scope === '*' ? undefined : scope;
        const services = graph
          .near(sidecar, 'Service')
          .filter((service) => namespace === undefined || namespacesAgree(service.namespace, namespace));
        const isListed = graph.near(sidecar, SERVICE_ENTRY, 'networking.istio.io/VirtualService').some(
          (entry) =>
            (namespace === undefined || namespacesAgree(entry.namespace, namespace)) &&
            (entry.root.find('spec', 'hosts')?.items ?? [entry.root]).some((item) => {
              const listed = item.text();
              // A route for every host says nothing about this one.
              return (
                listed === undefined || (listed !== '*' && (matchesHost(listed, name) || matchesHost(name, listed)))
              );
            }),
        );
        if (isListed) continue;
        const service = serviceHost(name, sidecar);
        // Beyond Services only the registry of a running mesh knows.
        const isOfCluster = service !== undefined || /\.svc(?:\.|$)/.test(name);
        const answers = services.some(
          (one) =>
            one.name === undefined ||
            (service
              ? one.name === service.name && namespacesAgree(one.namespace, service.namespace)
              : matchesHost(name, `${one.name}.${one.namespace ?? namespace ?? ''}.svc.cluster.local`)),
        );
        if (answers) continue;
        yield {
          at: host,
          message: `No Service or ServiceEntry${namespace === undefined ? '' : ` of namespace ${namespace}`} answers to ${name}, which ${describe(sidecar)} imports.`,
          ...(isOfCluster && services.length > 0 ? {} : { strict: true }),
        };
      }
    }
  },
});
