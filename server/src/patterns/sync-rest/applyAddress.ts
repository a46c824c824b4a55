import { addEntry } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { callersOf } from '../../workspace/kubernetes/serviceCalls.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { meshProtocol } from '../service-mesh/portProtocols.ts';
import { isRestCall } from './restCalls.ts';

/** Writes the address of the workload's Service for its callers to read with `envFrom`, and says that its port speaks HTTP. */
export function applyAddress(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const service = workload && servicesOf(workload, graph).find(({ root }) => root.number('spec', 'ports', 0, 'port'));
  const ports = service?.root.find('spec', 'ports')?.items ?? [];
  const port = ports.find((candidate) => meshProtocol(candidate)?.startsWith('http')) ?? ports[0];
  const number = port?.number('port');
  if (!service?.name || !port || number === undefined) return undefined;
  if (callersOf(service, graph).some((call) => isRestCall(call, graph))) return undefined;
  const { name, namespace } = service;
  const host = namespace === undefined ? name : `${name}.${namespace}.svc.cluster.local`;
  const protocol = meshProtocol(port) ?? 'http';
  if (protocol !== 'http' && protocol !== 'https' && protocol !== 'http2') return undefined;
  const text = documents({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(`${name}-address`, service),
    data: {
      [`${name.toUpperCase().replaceAll('-', '_')}_URL`]: `${protocol === 'https' ? 'https' : 'http'}://${host}:${number}`,
    },
  });
  return {
    edits: port.lacks('appProtocol') && meshProtocol(port) === undefined ? [addEntry(port, 'appProtocol', 'http')] : [],
    creates: [{ uri: besideOf(service, `${name}-address.yaml`), text }],
  };
}
