import { addEntry } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { enableInjection } from '../service-mesh/injection.ts';

/** Repeats only what the callee has not begun to work on. Three tries fit into the timeout. */
export const RETRIES = { attempts: 2, perTryTimeout: '2s', retryOn: 'connect-failure,refused-stream,unavailable' };
export const TIMEOUT = '7s';

/** Adds retries to the first route to the workload's Service, or writes such a route beside the Service. */
export function applyRetry(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  return applyToRoute(resource, graph, 'retries', 'retries');
}

/** Adds what a route lacks of a timeout and retries; nothing where `field` is settled already. */
export function applyToRoute(
  resource: Resource,
  graph: ResourceGraph,
  field: 'retries' | 'timeout',
  fileSuffix: string,
): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const service = workload && servicesOf(workload, graph)[0];
  const port = service?.root.number('spec', 'ports', 0, 'port');
  if (!service?.name || port === undefined) return undefined;
  const existing = graph.edgesTo(service, 'routes-to').find(({ source }) => source.type === VIRTUAL_SERVICE)?.source;
  if (existing) {
    const routes = existing.root.find('spec', 'http')?.items ?? [];
    const route = routes.length === 1 ? routes[0] : undefined;
    if (!route?.lacks(field)) return undefined;
    const missing = field === 'retries' && route.lacks('timeout') ? { timeout: TIMEOUT, retries: RETRIES } : {};
    const added: object =
      Object.keys(missing).length > 0 ? missing : { [field]: field === 'retries' ? RETRIES : TIMEOUT };
    const edits = Object.entries(added).map(([key, value]) => addEntry(route, key, value));
    // Entries added at one place must be one edit, so that their order is kept.
    return { edits: [{ ...edits[0]!, newText: edits.map(({ newText }) => newText).join('') }], creates: [] };
  }
  const { name } = service;
  const text = documents({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadataOf(name, service),
    spec: {
      hosts: [name],
      http: [{ timeout: TIMEOUT, retries: RETRIES, route: [{ destination: { host: name, port: { number: port } } }] }],
    },
  });
  return {
    edits: enableInjection(service, graph),
    creates: [{ uri: besideOf(service, `${name}-${fileSuffix}.yaml`), text }],
  };
}
