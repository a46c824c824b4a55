import { defineRule } from '../../rules/contract.ts';
import { portNumbersOf, serviceOf } from '../../rules/parts/serviceAddress.ts';
import { describeOther } from '../../workspace/resource.ts';
import { SENDING_TYPES, type SpanProtocol, spanDestinationsOf } from './spanDestinations.ts';

/** The ports that OpenTelemetry has registered for its protocols. */
const USUAL: Readonly<Record<SpanProtocol, number>> = { grpc: 4317, http: 4318 };
const NAMES: Readonly<Record<SpanProtocol, string>> = { grpc: 'gRPC', http: 'HTTP' };

/** A receiver speaks one protocol at each port, and a Service forwards its own ports only. */
export const rule = defineRule({
  id: 'tracing/port-mismatch',
  severity: 'error',
  profile: 'recommended',
  types: SENDING_TYPES,
  *check(resource, graph) {
    for (const { sender, address, protocol, place } of spanDestinationsOf(resource)) {
      const { port, portSpan } = address;
      if (port === undefined || !portSpan) continue;
      const other: SpanProtocol = protocol === 'grpc' ? 'http' : 'grpc';
      const target = serviceOf(address.host, resource, graph);
      const ports = target?.status === 'found' ? portNumbersOf(target.resource) : undefined;
      const fixTo = (number: number) => [
        {
          title: `Use port ${number}`,
          safe: false,
          edits: () => {
            const { source, span } = place(portSpan);
            return [{ uri: source.uri, span, newText: String(number) }];
          },
        },
      ];
      if (protocol && port === USUAL[other]) {
        yield {
          at: place(portSpan),
          message: `${sender} speaks ${NAMES[protocol]}, but ${port} is the port of ${NAMES[other]}.`,
          fixes: fixTo(USUAL[protocol]),
        };
      } else if (target?.status === 'found' && ports && ports.length > 0 && !ports.includes(port)) {
        const wanted = protocol && ports.includes(USUAL[protocol]) ? USUAL[protocol] : undefined;
        yield {
          at: place(portSpan),
          message: `${describeOther(target.resource)} has no port ${port} for ${sender}, only ${ports.join(', ')}.`,
          related: [{ at: target.resource.root.find('spec', 'ports')!.keyPlace, message: 'The ports of the Service.' }],
          fixes: wanted === undefined ? [] : fixTo(wanted),
        };
      }
    }
  },
});
