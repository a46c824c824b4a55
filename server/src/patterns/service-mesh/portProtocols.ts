import type { SourceNode } from '../../text/sourceNode.ts';

/** Protocols that the mesh knows by the beginning of a port's name, and by `appProtocol` in any case of letters. */
const PROTOCOLS = ['grpc', 'grpc-web', 'http', 'http2', 'https', 'mongo', 'mysql', 'redis', 'tcp', 'tls', 'udp'];

/** What Kubernetes itself defines for `appProtocol`; the mesh takes the first for HTTP/2 and the others for HTTP. */
const OF_KUBERNETES = ['kubernetes.io/h2c', 'kubernetes.io/ws', 'kubernetes.io/wss'];

/** The protocol that the name of a port tells: all of it, or what stands before a hyphen. */
export function protocolOfName(name: string): string | undefined {
  const lower = name.toLowerCase();
  return PROTOCOLS.toReversed().find((protocol) => lower === protocol || lower.startsWith(`${protocol}-`));
}

/** The mesh reads this `appProtocol`, or leaves it to the product whose prefix it carries. */
export function isKnownAppProtocol(written: string): boolean {
  return PROTOCOLS.includes(written.toLowerCase()) || OF_KUBERNETES.includes(written) || written.includes('/');
}

/** The protocol of a Service's port as the mesh takes it; undefined where it must guess. */
export function meshProtocol(port: SourceNode): string | undefined {
  if (port.text('protocol') === 'UDP') return 'udp';
  const written = port.text('appProtocol');
  if (written !== undefined) return OF_KUBERNETES.includes(written) ? 'http' : written.toLowerCase();
  return protocolOfName(port.text('name') ?? '');
}
