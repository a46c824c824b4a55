import { stringify } from 'yaml';
import { addEntry, setValue } from '../../languages/yaml/yamlEdits.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { sameHost } from '../../workspace/istio/hosts.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { enableInjection } from '../service-mesh/injection.ts';

export const OUTLIER_DETECTION = {
  consecutive5xxErrors: 5,
  interval: '10s',
  baseEjectionTime: '30s',
  maxEjectionPercent: 50,
};
export const CONNECTION_POOL = {
  tcp: { maxConnections: 100, connectTimeout: '1s' },
  http: { http1MaxPendingRequests: 100, http2MaxRequests: 500 },
};

/**
 * Adds a breaker to the DestinationRule of the workload's Service, or writes that rule beside the Service. Its namespace
 * joins the mesh, without which the rule would have no effect.
 */
export function applyBreaker(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const service = workload && servicesOf(workload, graph)[0];
  if (!service?.name) return undefined;
  const { name } = service;
  const injection = enableInjection(service, graph);
  const rule = graph.near(service, DESTINATION_RULE).find((candidate) => {
    const host = candidate.root.text('spec', 'host');
    return host !== undefined && sameHost(host, candidate, name, service);
  });
  if (rule) {
    const policy = rule.root.find('spec', 'trafficPolicy');
    const missing = {
      ...(policy?.find('connectionPool') ? {} : { connectionPool: CONNECTION_POOL }),
      ...(policy?.find('outlierDetection') ? {} : { outlierDetection: OUTLIER_DETECTION }),
    };
    if (Object.keys(missing).length === 0) return undefined;
    if (!policy)
      return { edits: [...injection, ...setValue(rule.root, ['spec', 'trafficPolicy'], missing)], creates: [] };
    const [first, ...rest] = Object.entries(missing).map(([key, value]) => addEntry(policy, key, value));
    // Entries added at one place must be one edit, so that their order is kept.
    const added = { ...first!, newText: [first!, ...rest].map((edit) => edit.newText).join('') };
    return { edits: [...injection, added], creates: [] };
  }
  const uri = `${service.uri.slice(0, service.uri.lastIndexOf('/') + 1)}${name}-destination-rule.yaml`;
  const text = stringify(
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name, ...(service.namespace ? { namespace: service.namespace } : {}) },
      spec: { host: name, trafficPolicy: { connectionPool: CONNECTION_POOL, outlierDetection: OUTLIER_DETECTION } },
    },
    { lineWidth: 0 },
  );
  return { edits: injection, creates: [{ uri, text }] };
}
