import type { SourceNode } from '../../text/sourceNode.ts';
import { WORKLOAD_TYPES, workloadOf } from '../kubernetes/workload.ts';
import type { Resource, ResourceType } from '../resource.ts';
import type { Edge, EdgeFinder, ResourceGraph } from '../resourceGraph.ts';
import { edgeTo } from './edgeTo.ts';

/** Objects that bring a Secret into being when they reconcile; they answer for it by their own or their target's name. */
export const SECRET_TYPES: readonly ResourceType[] = [
  'Secret',
  'external-secrets.io/ExternalSecret',
  'bitnami.com/SealedSecret',
  'cert-manager.io/Certificate',
];

/** Workload → the ConfigMaps, Secrets and claims that its pods need before they can start. Optional ones are left out. */
export const configuration: EdgeFinder = {
  relation: 'configured-by',
  from: WORKLOAD_TYPES,
  *find(source, graph) {
    const workload = workloadOf(source);
    if (!workload) return;
    for (const container of [...workload.initContainers, ...workload.containers]) {
      for (const from of container.find('envFrom')?.items ?? []) {
        yield* named(source, from.find('configMapRef'), 'name', ['ConfigMap'], graph);
        yield* named(source, from.find('secretRef'), 'name', SECRET_TYPES, graph);
      }
      for (const variable of container.find('env')?.items ?? []) {
        yield* named(source, variable.find('valueFrom', 'configMapKeyRef'), 'name', ['ConfigMap'], graph);
        yield* named(source, variable.find('valueFrom', 'secretKeyRef'), 'name', SECRET_TYPES, graph);
      }
    }
    for (const volume of workload.podSpec?.find('volumes')?.items ?? []) {
      yield* named(source, volume.find('configMap'), 'name', ['ConfigMap'], graph);
      yield* named(source, volume.find('secret'), 'secretName', SECRET_TYPES, graph);
      yield* named(source, volume.find('persistentVolumeClaim'), 'claimName', ['PersistentVolumeClaim'], graph);
      for (const projection of volume.find('projected', 'sources')?.items ?? []) {
        yield* named(source, projection.find('configMap'), 'name', ['ConfigMap'], graph);
        yield* named(source, projection.find('secret'), 'name', SECRET_TYPES, graph);
      }
    }
    for (const secret of workload.podSpec?.find('imagePullSecrets')?.items ?? []) {
      yield* named(source, secret, 'name', SECRET_TYPES, graph);
    }
  },
};

function* named(
  source: Resource,
  reference: SourceNode | undefined,
  field: string,
  to: readonly ResourceType[],
  graph: ResourceGraph,
): Iterable<Edge> {
  if (!reference || reference.boolean('optional') === true) return;
  const node = reference.find(field);
  for (const edge of edgeTo('configured-by', source, node, to, graph)) {
    const maker =
      edge.target.status === 'missing' && to === SECRET_TYPES ? makerOf(source, node!.text()!, graph) : undefined;
    yield maker ? { ...edge, target: { status: 'found', resource: maker } } : edge;
  }
}

/** ExternalSecret and Certificate may give their Secret another name than their own. */
function makerOf(source: Resource, name: string, graph: ResourceGraph): Resource | undefined {
  return graph
    .sameNamespace(source, ['external-secrets.io/ExternalSecret', 'cert-manager.io/Certificate'])
    .find(
      (maker) => maker.root.text('spec', 'target', 'name') === name || maker.root.text('spec', 'secretName') === name,
    );
}
