import { addEntry, setValue } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { destinationRulesFor } from '../../workspace/istio/destinationRules.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { CONNECTION_POOL } from '../circuit-breaker/applyBreaker.ts';
import { enableInjection } from '../service-mesh/injection.ts';

/**
 * Limits the connections and requests that each caller has open to the workload's Service: in the DestinationRule of the
 * Service, or in one beside it. Its namespace joins the mesh, without which the limits have no effect.
 */
export function applyBulkhead(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const service = workload && servicesOf(workload, graph)[0];
  if (!service?.name) return undefined;
  const { name } = service;
  const injection = enableInjection(service, graph);
  const [rule] = destinationRulesFor(name, service, graph);
  if (!rule) {
    const text = documents({
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: metadataOf(name, service),
      spec: { host: name, trafficPolicy: { connectionPool: CONNECTION_POOL } },
    });
    return { edits: injection, creates: [{ uri: besideOf(service, `${name}-destination-rule.yaml`), text }] };
  }
  const policy = rule.root.find('spec', 'trafficPolicy');
  if (policy && !policy.lacks('connectionPool')) return undefined;
  const added = policy
    ? [addEntry(policy, 'connectionPool', CONNECTION_POOL)]
    : setValue(rule.root, ['spec', 'trafficPolicy', 'connectionPool'], CONNECTION_POOL);
  return { edits: [...injection, ...added], creates: [] };
}
