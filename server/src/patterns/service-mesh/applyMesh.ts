import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { enableInjection } from './injection.ts';

/** Writes a route and a policy for the workload's Service, and turns on injection where its Namespace is in the workspace. */
export function applyMesh(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const service = workload && servicesOf(workload, graph)[0];
  const port = service?.root.number('spec', 'ports', 0, 'port');
  if (!service?.name || port === undefined) return undefined;
  if (graph.edgesTo(service, 'routes-to').some(({ source }) => source.type === VIRTUAL_SERVICE)) return undefined;
  const { name } = service;
  const text = documents(
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: metadataOf(name, service),
      spec: {
        hosts: [name],
        http: [
          {
            timeout: '6s',
            retries: { attempts: 2, perTryTimeout: '2s', retryOn: 'connect-failure,refused-stream,unavailable' },
            route: [{ destination: { host: name, port: { number: port } } }],
          },
        ],
      },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: metadataOf(name, service),
      spec: { host: name, trafficPolicy: { loadBalancer: { simple: 'LEAST_REQUEST' }, tls: { mode: 'ISTIO_MUTUAL' } } },
    },
  );
  return {
    edits: enableInjection(service, graph),
    creates: [{ uri: besideOf(service, `${name}-mesh.yaml`), text }],
  };
}
