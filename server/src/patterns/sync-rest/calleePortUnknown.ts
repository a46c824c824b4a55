import { defineRule } from '../../rules/contract.ts';
import { CALLING_TYPES } from '../../workspace/kubernetes/serviceCalls.ts';
import { describeOther } from '../../workspace/resource.ts';
import { likelyCalls, oncePerAddress } from './likelyCalls.ts';

/** A Service answers on its ports alone: on every other one the connection is refused, or hangs until it times out. */
export const rule = defineRule({
  id: 'sync-rest/callee-port-unknown',
  severity: 'error',
  profile: 'recommended',
  types: CALLING_TYPES,
  *check(resource, graph) {
    for (const { address, caller, target } of oncePerAddress(likelyCalls(resource, graph))) {
      if (target.status !== 'found' || !caller || address.port === undefined) continue;
      const { root } = target.resource;
      const type = root.text('spec', 'type') ?? 'ClusterIP';
      // The pods of a headless Service, and a host outside, answer on whatever ports they have.
      if (root.text('spec', 'clusterIP') === 'None' || type === 'ExternalName') continue;
      const ports = root.find('spec', 'ports');
      if (!ports || ports.open || ports.items.length === 0) continue;
      if (ports.items.some((port) => port.number('port') === undefined || port.number('port') === address.port))
        continue;
      const offered = ports.items.map((port) => port.number('port')!);
      const sends = ports.items.filter((port) => port.number('targetPort') === address.port);
      const [meant] = offered.length === 1 ? ports.items : sends.length === 1 ? sends : [];
      const wanted = meant?.number('port');
      const { hostPlace, portPlace } = address;
      const where = portPlace ?? {
        source: hostPlace.source,
        span: { start: hostPlace.span.end, end: hostPlace.span.end },
      };
      yield {
        at: portPlace ?? hostPlace,
        message: `${describeOther(target.resource)} has no port ${address.port}, only ${offered.join(', ')}${sends.length > 0 ? `; ${address.port} is a port of its pods` : ''}.`,
        related: [{ at: ports.keyPlace, message: `The ports of ${describeOther(target.resource)}.` }],
        fixes:
          wanted === undefined
            ? []
            : [
                {
                  title: `Call port ${wanted}`,
                  safe: true,
                  edits: () => [
                    { uri: where.source.uri, span: where.span, newText: `${portPlace ? '' : ':'}${wanted}` },
                  ],
                },
              ],
      };
    }
  },
});
