import { defineRule } from '../../rules/contract.ts';
import { clusterHost, serviceOf } from '../../rules/parts/serviceAddress.ts';
import { nearestName } from '../../text/nearestName.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { logDestinationsOf } from './logDestinations.ts';

/** Logs that are sent to nobody fill the buffer, and then they are dropped. */
export const rule = defineRule({
  id: 'logging/host-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check(resource, graph) {
    for (const { sender, address, hostAt } of logDestinationsOf(resource)) {
      const target = serviceOf(address.host, resource, graph);
      if (target?.status !== 'missing') continue;
      const { name, namespace } = clusterHost(address.host, resource, graph)!;
      const others = graph
        .near(resource, 'Service')
        .filter((service) => namespacesAgree(service.namespace, namespace))
        .flatMap((service) => service.name ?? []);
      const near = nearestName(name, others);
      const nameAt = { start: hostAt.span.start + address.host.indexOf(name), end: 0 };
      yield {
        at: hostAt,
        message: `There is no Service ${name}${namespace === undefined ? '' : ` in namespace ${namespace}`}, where ${sender} looks for the logs' storage.`,
        ...(target.certain ? {} : { strict: true, severity: 'information' as const }),
        fixes: near
          ? [
              {
                title: `Use ${near}`,
                safe: false,
                edits: () => [
                  {
                    uri: hostAt.source.uri,
                    span: { start: nameAt.start, end: nameAt.start + name.length },
                    newText: near,
                  },
                ],
              },
            ]
          : [],
      };
    }
  },
});
