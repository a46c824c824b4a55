import { addEntry, addItem } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { grpcPortsOf, isGrpcName } from './grpcPorts.ts';

/** The port that examples of gRPC usually listen on. */
const USUAL_PORT = 50051;

/**
 * Opens a gRPC port in the pods and writes a headless Service for it, whose DNS name gives clients the address of every
 * pod, so that they balance their calls without a mesh.
 */
export function applyGrpc(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const [container] = workload?.containers ?? [];
  const [service] = workload ? servicesOf(workload, graph) : [];
  const selector = service?.root.find('spec', 'selector');
  if (!container || !service?.name || !selector?.known || resource.type.startsWith('batch/')) return undefined;
  if (servicesOf(workload!, graph).some((one) => grpcPortsOf(one, graph).length > 0)) return undefined;
  const ports = container.find('ports');
  const existing = ports?.items.find((port) => isGrpcName(port.text('name')));
  const number = existing?.number('containerPort') ?? USUAL_PORT;
  const entry = { name: 'grpc', containerPort: number };
  const isTaken = ports?.items.some((port) => port.number('containerPort') === number) && !existing;
  if (isTaken || ports?.open || ports?.flow) return undefined;
  const name = `${service.name}-grpc`;
  const text = documents({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(name, service),
    spec: {
      clusterIP: 'None',
      selector: selector.value,
      ports: [{ name: 'grpc', port: number, targetPort: existing?.text('name') ?? 'grpc', appProtocol: 'grpc' }],
    },
  });
  const opened = ports && ports.items.length > 0 ? addItem(ports, entry) : addEntry(container, 'ports', [entry]);
  return { edits: existing ? [] : [opened], creates: [{ uri: besideOf(service, `${name}.yaml`), text }] };
}
