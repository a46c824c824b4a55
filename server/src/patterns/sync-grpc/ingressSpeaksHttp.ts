import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { INGRESS, ingressClass } from '../network/ingresses.ts';
import { grpcPortsOf } from './grpcPorts.ts';

const PROTOCOL = 'nginx.ingress.kubernetes.io/backend-protocol';

/** ingress-nginx speaks HTTP/1.1 to its backends unless it is told otherwise, and a gRPC server hangs up on it. */
export const rule = defineRule({
  id: 'sync-grpc/ingress-speaks-http',
  severity: 'error',
  profile: 'recommended',
  types: [INGRESS],
  *check(resource, graph) {
    const { root } = resource;
    const written = root.find('metadata', 'annotations', PROTOCOL);
    if (written ? !/^https?$/i.test(written.text() ?? '') : !root.lacks('metadata', 'annotations', PROTOCOL)) return;
    const isNginx = /^nginx(?:-|$)/.test(ingressClass(resource));
    if (!isNginx || !root.lacks('metadata', 'annotations', 'nginx.ingress.kubernetes.io/server-snippet')) return;
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'routes-to')) {
      if (target.status !== 'found') continue;
      const backend = writtenAt.parent;
      const wanted = backend?.find('port', 'number')?.scalar ?? backend?.find('port', 'name')?.scalar;
      const grpc = grpcPortsOf(target.resource, graph).find(
        ({ port }) =>
          wanted !== undefined && (port.find('port')?.scalar === wanted || port.find('name')?.scalar === wanted),
      );
      if (!grpc) continue;
      yield {
        at: writtenAt,
        message: `${describe(resource)} speaks HTTP/1.1 to port ${wanted} of ${describeOther(target.resource)}, which speaks gRPC.`,
        related: [{ at: grpc.evidence ?? grpc.port.find('port') ?? grpc.port, message: 'The port speaks gRPC.' }],
        // Every backend of the Ingress is spoken to in this way.
        fixes:
          graph.edgesFrom(resource, 'routes-to').length === 1
            ? [
                {
                  title: 'Speak gRPC to the backend',
                  safe: false,
                  edits: () => setValue(root, ['metadata', 'annotations', PROTOCOL], 'GRPC'),
                },
              ]
            : [],
      };
    }
  },
});
