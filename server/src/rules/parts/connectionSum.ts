import type { DatabaseClient } from '../../workspace/applications/databaseClient.ts';
import { clientsOf, databaseClientsOf, serverOf } from '../../workspace/applications/databaseClients.ts';
import type { ConnectionLimit, DatabaseServer } from '../../workspace/applications/databaseServer.ts';
import { databaseServerAt } from '../../workspace/applications/databaseServers.ts';
import { type PodCount, podCountOf } from '../../workspace/applications/podCount.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describe, describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { Finding, RelatedPlace } from '../contract.ts';
import { namePlace } from './containers.ts';

/** What one client may open at most. */
export interface ClientSum {
  readonly client: DatabaseClient;
  readonly pods: PodCount;
  readonly pool: number;
  readonly processes: number;
  /** Pods × processes × pool, without a rollout. */
  readonly steady: number;
  /** What the pods of a rollout add. */
  readonly surge: number;
}

/** All clients of a database against what it admits. */
export interface ConnectionSum {
  readonly server: DatabaseServer;
  readonly limit: ConnectionLimit;
  readonly clients: readonly ClientSum[];
  /** The steady sums of all, and the surge of the one that adds most: rollouts are taken one at a time. */
  readonly total: number;
  readonly steady: number;
  readonly available: number;
}

/** The numbers of one client; undefined where one of them is not known. */
export function clientSum(client: DatabaseClient, graph: ResourceGraph): ClientSum | undefined {
  const pods = podCountOf(client.running.workload, graph);
  const { pool, processes } = client;
  if (!pods || !pool || !processes) return undefined;
  const each = pool.count * processes.count;
  return {
    client,
    pods,
    pool: pool.count,
    processes: processes.count,
    steady: pods.most * each,
    surge: pods.surge * each,
  };
}

/**
 * The sum over a database, as the deployment of `from` sees it: its clients, and those that are deployed with the database;
 * another overlay stands for another cluster. Clients of which a number is unknown are left out, so that it never claims
 * too much.
 */
export function connectionSum(
  server: DatabaseServer,
  graph: ResourceGraph,
  from: Resource = server.resource,
): ConnectionSum | undefined {
  const { limit } = server;
  if (!limit) return undefined;
  const sets = new Set([graph.setOf(from), graph.setOf(server.resource)]);
  const clients = clientsOf(server.resource, graph)
    .filter(({ running }) => sets.has(graph.setOf(running.workload.resource)))
    .flatMap((client) => clientSum(client, graph) ?? []);
  const pooled = pooledConnections(server, graph);
  const steady = clients.reduce((sum, client) => sum + client.steady, 0) + pooled;
  const total = steady + Math.max(0, ...clients.map(({ surge }) => surge));
  return { server, limit, clients, steady, total, available: limit.count - limit.reserved };
}

/** The sum over the database of one client, and its own part; undefined where one of the numbers is not known. */
export function sumOfClient(
  client: DatabaseClient,
  graph: ResourceGraph,
): { readonly sum: ConnectionSum; readonly own: ClientSum } | undefined {
  const server = serverOf(client, graph);
  const sum = server && connectionSum(server, graph, client.running.workload.resource);
  const own = sum?.clients.find((other) => other.client === client);
  return sum && own && { sum, own };
}

/** What one client takes of its database, as a sentence; empty where one of the numbers is not known. */
export function shareInWords(client: DatabaseClient, graph: ResourceGraph): string {
  const found = sumOfClient(client, graph);
  if (!found) return '';
  const { sum, own } = found;
  return `${sumInWords(sum, own)} of the ${sum.available} connections that ${sum.server.name} admits.`;
}

/** What the poolers in front of a database open themselves. */
function pooledConnections(server: DatabaseServer, graph: ResourceGraph): number {
  const poolers = new Map<Resource, number>();
  for (const client of databaseClientsOf(graph)) {
    const between = serverOf(client, graph);
    if (!between?.behind || poolers.has(between.resource)) continue;
    const target = databaseServerAt(between.behind.host, between.resource, graph);
    if (target?.resource === server.resource) poolers.set(between.resource, between.behind.connections ?? 0);
  }
  return [...poolers.values()].reduce((sum, count) => sum + count, 0);
}

/** Resources in whose files a pool is sized: what a rule over the sum must be asked for. */
export const POOL_OWNERS: readonly string[] = [...WORKLOAD_TYPES, 'ConfigMap', 'docker/Dockerfile'];

/**
 * Says of the pools of one stack that `resource` sizes that all clients together may open more connections than their
 * database admits. A pool whose size nothing sets is spoken of at the container that runs it.
 */
export function* exhaustedConnections(stack: string, resource: Resource, graph: ResourceGraph): Iterable<Finding> {
  const told = new Set<string>();
  for (const client of poolsIn(resource, graph)) {
    if (client.stack !== stack) continue;
    const server = serverOf(client, graph);
    const sum = server && connectionSum(server, graph, client.running.workload.resource);
    const own = sum?.clients.find((other) => other.client === client);
    if (!sum || !own || sum.total <= sum.available) continue;
    const at = client.pool?.at ?? namePlace(client.running.container);
    const key = `${at.source.uri}#${at.span.start} ${sum.server.name}`;
    if (told.has(key)) continue;
    told.add(key);
    yield {
      at,
      message: `${sumInWords(sum, own)}, more than the ${limitInWords(sum)} of ${sum.server.name}.`,
      related: relatedPlaces(sum, own),
      // Only while versions change is the limit met.
      ...(sum.steady <= sum.available && { severity: 'information' as const }),
    };
  }
}

/** The clients whose pool a resource sizes, or leaves at its default. */
function poolsIn(resource: Resource, graph: ResourceGraph): readonly DatabaseClient[] {
  const byOwner = graph.memo('pools-by-owner', () => {
    const index = new Map<Resource, DatabaseClient[]>();
    for (const client of databaseClientsOf(graph)) {
      const owner = client.pool?.resource ?? client.running.workload.resource;
      index.set(owner, [...(index.get(owner) ?? []), client]);
    }
    return index;
  });
  return byOwner.get(resource) ?? [];
}

/** `10 pods of Deployment orders × 10 connections + 3 pods of its rollout × 10 = 130`. */
export function sumInWords(sum: ConnectionSum, own: ClientSum): string {
  const parts = sum.clients.map((client) => `${pods(client.pods.most)} of ${workloadName(client)} × ${each(client)}`);
  const first = sum.clients.indexOf(own);
  const ordered = [parts[first]!, ...parts.filter((_part, index) => index !== first)];
  const pooled = sum.steady - sum.clients.reduce((total, { steady }) => total + steady, 0);
  if (pooled > 0) ordered.push(`${pooled} of a pooler`);
  const most = sum.clients.reduce((a, b) => (b.surge > a.surge ? b : a));
  if (most.surge > 0 && sum.steady <= sum.available) {
    ordered.push(`${pods(most.pods.surge)} of a rollout of ${workloadName(most)} × ${each(most)}`);
    return `${ordered.join(' + ')} = ${sum.total}`;
  }
  return `${ordered.join(' + ')} = ${sum.steady}`;
}

function limitInWords({ limit, available }: ConnectionSum): string {
  const written = limit.at ? limit.setting : `the default ${limit.setting}`;
  if (limit.reserved === 0) return `${available} connections (${written})`;
  return `${available} connections (${written} ${limit.count}, less ${limit.reserved} for administrators)`;
}

function pods(count: number): string {
  return count === 1 ? '1 pod' : `${count} pods`;
}

function each({ client, pool, processes }: ClientSum): string {
  const connections = `${pool} ${pool === 1 ? 'connection' : 'connections'}`;
  return processes === 1 ? connections : `${processes} ${client.processes!.name} × ${connections}`;
}

function workloadName({ client }: ClientSum): string {
  return describeOther(client.running.workload.resource);
}

function relatedPlaces(sum: ConnectionSum, own: ClientSum): RelatedPlace[] {
  const places: RelatedPlace[] = [];
  if (sum.limit.at) places.push({ at: sum.limit.at, message: `What ${sum.server.name} admits.` });
  if (own.pods.at) places.push({ at: own.pods.at, message: `The most pods of ${workloadName(own)}.` });
  if (own.processes > 1 && own.client.processes?.at)
    places.push({ at: own.client.processes.at, message: 'The processes of one pod, each with a pool of its own.' });
  for (const other of sum.clients) {
    const at = other === own ? undefined : other.client.pool?.at;
    if (at) places.push({ at, message: `The pool of ${describe(other.client.running.workload.resource)}.` });
  }
  return places;
}
