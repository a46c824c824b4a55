import { databaseClientsOf, serverOf } from '../../workspace/applications/databaseClients.ts';
import type { SourceFolder } from '../../workspace/applications/sourceFolders.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { Participant } from '../pattern.ts';

/**
 * The databases that an application's workloads are told of. `isMissing` where the Service that they name is certainly not
 * there, or has no pods: a database elsewhere is not missed.
 */
export function databaseRole(
  stack: string,
  source: SourceFolder,
  graph: ResourceGraph,
): { readonly participants: readonly Participant[]; readonly isMissing: boolean } {
  const participants = new Map<string, Participant>();
  let isMissing = false;
  for (const client of databaseClientsOf(graph)) {
    const host = client.address?.host;
    if (client.stack !== stack || client.running.source !== source || host === undefined || host === 'localhost')
      continue;
    const server = serverOf(client, graph);
    if (server) {
      const { resource } = server;
      const at = resource.root.find('metadata', 'name') ?? resource.root.keyPlace;
      participants.set(server.name, { role: 'database', resource, at });
      continue;
    }
    const [name, namespace] = host.split('.');
    const target = graph.lookup(client.running.workload.resource, ['Service'], name!, namespace);
    const isInCluster = /^[^.]+(?:\.[^.]+(?:\.svc.*)?)?$/.test(host);
    if (target.status === 'missing') isMissing ||= isInCluster && target.certain;
    if (target.status === 'found') {
      const selector = target.resource.root.find('spec', 'selector');
      const pods = podsByLabels(target.resource, selector, graph);
      isMissing ||= selector !== undefined && pods.certain && pods.workloads.length === 0;
    }
  }
  return { participants: [...participants.values()], isMissing };
}
