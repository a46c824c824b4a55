import { cacheClientsOf } from '../../workspace/caches/cacheClients.ts';
import type { CacheServer } from '../../workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../workspace/caches/cacheServers.ts';
import { lostConfigMaps } from '../../workspace/kubernetes/lostConfigMaps.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { egressTargets } from '../network/egressTargets.ts';

/** A cache whose address went with a ConfigMap. */
interface LostCacheAddress {
  /** The name of the ConfigMap that is missing. */
  readonly configMap: string;
  readonly readers: readonly Workload[];
  readonly server: CacheServer;
  readonly service: Resource | undefined;
}

/** The caches that a NetworkPolicy lets workloads connect to that name a missing ConfigMap and are told of no cache there. */
export function* lostCacheAddresses(graph: ResourceGraph): Iterable<LostCacheAddress> {
  for (const { name, readers } of lostConfigMaps(graph)) {
    const found = new Map<CacheServer, LostCacheAddress & { readonly readers: Workload[] }>();
    for (const reader of readers) {
      for (const { pods, services } of egressTargets(reader, graph)) {
        const server = cacheServersOf(graph).find(({ resource }) => pods.some((pod) => pod.resource === resource));
        if (!server || isTold(reader, server, graph)) continue;
        const lost = found.get(server) ?? { configMap: name, readers: [], server, service: services[0] };
        found.set(server, lost);
        if (!lost.readers.includes(reader)) lost.readers.push(reader);
      }
    }
    yield* found.values();
  }
}

function isTold(reader: Workload, server: CacheServer, graph: ResourceGraph): boolean {
  return cacheClientsOf(graph).some((client) => client.server === server && client.workloads.includes(reader));
}
