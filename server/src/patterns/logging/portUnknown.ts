import { defineRule } from '../../rules/contract.ts';
import { portNumbersOf, serviceOf } from '../../rules/parts/serviceAddress.ts';
import { describeOther } from '../../workspace/resource.ts';
import { logDestinationsOf } from './logDestinations.ts';

/** A Service forwards its own ports only. */
export const rule = defineRule({
  id: 'logging/port-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check(resource, graph) {
    for (const { sender, address, portAt } of logDestinationsOf(resource)) {
      const target = address.port === undefined ? undefined : serviceOf(address.host, resource, graph);
      if (target?.status !== 'found') continue;
      const ports = portNumbersOf(target.resource);
      if (!ports || ports.length === 0 || ports.includes(address.port!)) continue;
      const [only] = ports.length === 1 ? ports : [];
      yield {
        at: portAt,
        message: `${describeOther(target.resource)} has no port ${address.port} for ${sender}, only ${ports.join(', ')}.`,
        related: [{ at: target.resource.root.find('spec', 'ports')!.keyPlace, message: 'The ports of the Service.' }],
        fixes: only
          ? [
              {
                title: `Use ${only}`,
                safe: false,
                edits: () => [{ uri: portAt.source.uri, span: portAt.span, newText: String(only) }],
              },
            ]
          : [],
      };
    }
  },
});
