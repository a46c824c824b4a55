import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containersOf } from '../../rules/parts/containers.ts';
import { portsOf } from '../../rules/parts/ports.ts';
import { isGrpcName } from './grpcPorts.ts';

/** The kubelet asks by HTTP/1.1, which a gRPC server does not answer: the pod never gets ready, or is restarted for ever. */
export const rule = defineRule({
  id: 'sync-grpc/probe-by-http',
  severity: 'warning',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  *check(resource) {
    for (const { container } of containersOf(resource)) {
      for (const kind of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
        const at = container.find(kind, 'httpGet', 'port');
        const declared = portsOf(container).find(({ name, number }) => name === at?.scalar || number === at?.scalar);
        if (!at || !declared || !isGrpcName(declared.name) || declared.name?.startsWith('grpc-web')) continue;
        yield {
          at,
          message: `The ${kind} of container ${container.text('name') ?? ''} asks port ${declared.name} by HTTP/1.1, which a gRPC server does not answer.`,
          related: [
            {
              at: declared.at.parent?.find('name') ?? declared.at,
              message: 'The name says that the port speaks gRPC.',
            },
          ],
        };
      }
    }
  },
});
