import { defineRule } from '../../rules/contract.ts';
import { clusterHost, serviceOf } from '../../rules/parts/serviceAddress.ts';
import { nearestName } from '../../text/nearestName.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { COLLECTOR } from './collectorConfiguration.ts';
import { SENDING_TYPES, spanDestinationsOf } from './spanDestinations.ts';

/** Spans that are sent to nobody are dropped without a word to the caller. */
export const rule = defineRule({
  id: 'tracing/collector-unknown',
  severity: 'error',
  profile: 'recommended',
  types: SENDING_TYPES,
  *check(resource, graph) {
    for (const { sender, address, place } of spanDestinationsOf(resource)) {
      const target = serviceOf(address.host, resource, graph);
      if (target?.status !== 'missing') continue;
      const { name, namespace } = clusterHost(address.host, resource, graph)!;
      // The operator makes the Services of its collectors.
      if (
        graph
          .near(resource, COLLECTOR)
          .some((one) => one.name === undefined || name.startsWith(`${one.name}-collector`))
      )
        continue;
      const others = graph.near(resource, 'Service').filter((service) => namespacesAgree(service.namespace, namespace));
      const near = nearestName(
        name,
        others.flatMap((service) => service.name ?? []),
      );
      const start = address.hostSpan.start + address.host.indexOf(name);
      yield {
        at: place(address.hostSpan),
        message: `There is no Service ${name}${namespace === undefined ? '' : ` in namespace ${namespace}`}, to which ${sender} sends spans.`,
        ...(target.certain ? {} : { strict: true, severity: 'information' as const }),
        fixes: near
          ? [
              {
                title: `Use ${near}`,
                safe: false,
                edits: () => {
                  const { source, span } = place({ start, end: start + name.length });
                  return [{ uri: source.uri, span, newText: near }];
                },
              },
            ]
          : [],
      };
    }
  },
});
