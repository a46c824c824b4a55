import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, copyOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { destinationRulesFor, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { enableInjection } from '../service-mesh/injection.ts';

/**
 * Labels the pods of a Deployment `version: v1`, writes a second Deployment `…-v2` with one replica, and a route that
 * sends it 5 %, and lets the namespace join the mesh that follows the route. The selector of the first one is left alone: the API server does not allow it to change.
 */
export function applyCanary(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const service = workload && servicesOf(workload, graph)[0];
  const { name } = resource;
  if (!workload?.podLabels || !service?.name || name === undefined || resource.type !== 'apps/Deployment')
    return undefined;
  const host = service.name;
  const isTaken =
    destinationRulesFor(host, service, graph).length > 0 ||
    graph.edgesTo(service, 'routes-to').some(({ source }) => source.type === VIRTUAL_SERVICE);
  if (isTaken || !service.root.lacks('spec', 'selector', 'version')) return undefined;
  const stable = workload.podLabels.text('version') ?? 'v1';
  const canary = stable === 'v2' ? 'v3' : 'v2';
  const second = copyOf(resource, (copy) => {
    copy.setIn(['metadata', 'name'], `${name}-${canary}`);
    copy.setIn(['spec', 'replicas'], 1);
    copy.setIn(['spec', 'selector', 'matchLabels', 'version'], canary);
    copy.setIn(['spec', 'template', 'metadata', 'labels', 'version'], canary);
  });
  const subsets = [stable, canary].map((version) => ({ name: version, labels: { version } }));
  const text = documents(
    second,
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: metadataOf(host, service),
      spec: { host, subsets },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: metadataOf(host, service),
      spec: {
        hosts: [host],
        http: [
          {
            route: [
              { destination: { host, subset: stable }, weight: 95 },
              { destination: { host, subset: canary }, weight: 5 },
            ],
          },
        ],
      },
    },
  );
  return {
    edits: [
      ...enableInjection(service, graph),
      ...(workload.podLabels.child('version') ? [] : setValue(workload.podLabels, ['version'], stable)),
    ],
    creates: [{ uri: besideOf(resource, `${name}-canary.yaml`), text }],
  };
}
