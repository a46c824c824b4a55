import { defineRule, type Fix } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containersOf } from '../../rules/parts/containers.ts';
import { portsOf } from '../../rules/parts/ports.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { isGrpcName } from './grpcPorts.ts';

/** Kubernetes asks gRPC servers itself since 1.24: without a program in the image, and without a process for each probe. */
export const rule = defineRule({
  id: 'sync-grpc/probe-not-native',
  severity: 'information',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  *check(resource) {
    for (const { container } of containersOf(resource)) {
      for (const kind of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
        const probe = container.find(kind);
        if (!probe) continue;
        const command = probe.find('exec', 'command');
        const asked = command && probedPort(command);
        const name = container.text('name') ?? '';
        if (command && asked !== undefined) {
          yield {
            at: command.items[0] ?? command,
            message: `The ${kind} of container ${name} runs grpc_health_probe; the kubelet can ask port ${asked} itself by a grpc probe.`,
            fixes: fixFor(probe, asked, command),
          };
          continue;
        }
        const open = probe.find('tcpSocket', 'port');
        const declared = portsOf(container).find((port) => port.name === open?.scalar || port.number === open?.scalar);
        if (!open || !declared || !isGrpcName(declared.name) || declared.number === undefined) continue;
        yield {
          at: open,
          message: `The ${kind} of container ${name} only sees that port ${declared.name} is open; a grpc probe asks the server whether it is well.`,
          strict: true,
        };
      }
    }
  },
});

/** The port that grpc_health_probe asks; undefined for other commands, and where it needs TLS or headers, which the kubelet has not. */
function probedPort(command: SourceNode): number | undefined {
  if (!command.known) return undefined;
  const [program, ...rest] = command.items.map((item) => item.text() ?? '');
  if (!/(?:^|\/)grpc[_-]health[_-]probe$/.test(program ?? '')) return undefined;
  const words = rest.join('=').replaceAll('==', '=');
  if (/(?:^|=)--?(?:tls|spiffe|alts|rpc-header|gzip|user-agent)/.test(words)) return undefined;
  const port = /(?:^|=)--?addr=(?:localhost|127\.0\.0\.1|\[::1\])?:(\d+)/.exec(words)?.[1];
  return port === undefined ? undefined : Number(port);
}

function fixFor(probe: SourceNode, port: number, command: SourceNode): readonly Fix[] {
  const exec = probe.find('exec')!;
  const words = command.items.map((item) => item.text() ?? '').join('=');
  const service = /(?:^|=)--?service=([^=]+)/.exec(words)?.[1];
  if (probe.flow || exec.entries.length !== 1 || exec.keySpan === undefined) return [];
  const indent = ' '.repeat(probe.source.range(exec.keySpan ?? exec.span).start.character);
  const { lineBreak } = probe.source;
  const lines = [`grpc:`, `${indent}  port: ${port}`, ...(service ? [`${indent}  service: ${service}`] : [])];
  const end = exec.span.start + probe.source.slice(exec.span).trimEnd().length;
  return [
    {
      title: 'Ask by a grpc probe',
      safe: false,
      edits: () => [
        { uri: probe.source.uri, span: { start: exec.keySpan!.start, end }, newText: lines.join(lineBreak) },
      ],
    },
  ];
}
