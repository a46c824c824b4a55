import type { Place } from '../../text/sourceNode.ts';
import { environmentOf } from '../applications/environment.ts';
import { podsByLabels } from '../kubernetes/podSelection.ts';
import { SERVING_TYPES, type Workload, workloadOf } from '../kubernetes/workload.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { CacheServer } from './cacheServer.ts';
import { cacheServersOf } from './cacheServers.ts';

/** A variable of an environment that says where a cache is, and every workload that gets it. */
export interface CacheClient {
  readonly variable: string;
  /** Host without port and scheme. */
  readonly host: string;
  readonly at: Place;
  readonly resource: Resource;
  readonly workloads: readonly Workload[];
  /** Undefined where no cache of the workspace answers. */
  readonly server: CacheServer | undefined;
  /** The Service of that name is certainly not there, or no cache stands behind it. */
  readonly isMissing: boolean;
}

const SCHEME = /^(?:redis|rediss|valkey|valkeys|memcached?):\/\/(?:[^@/]*@)?([^/:?,]+)/i;
const PLAIN = /^([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d+)?$/i;
const MEANS_CACHE = /REDIS|VALKEY|MEMCACHE|CACHE|STORE/i;
const MEANS_ADDRESS = /HOST|UR[IL]|ADDR|ENDPOINT|SERVER|NODES|CONNECTION/i;

/** Every place that tells a workload of a cache. */
export function cacheClientsOf(graph: ResourceGraph): readonly CacheClient[] {
  return graph.memo('cache-clients', () => {
    const found = new Map<string, CacheClient>();
    for (const resource of graph.all(...SERVING_TYPES)) {
      const workload = workloadOf(resource)!;
      for (const told of graph.derived(resource, 'told-hosts', (asked) => toldHosts(workload, asked))) {
        const { variable, value, host, at, resource: writer } = told;
        const key = `${at.source.uri}#${at.span.start}`;
        const known = found.get(key);
        if (known) found.set(key, { ...known, workloads: [...known.workloads, workload] });
        else {
          const target = serverAt(host, resource, graph);
          const isCache =
            target.server !== undefined || /REDIS|VALKEY|MEMCACHE|CACHE/i.test(variable) || SCHEME.test(value);
          if (isCache) found.set(key, { variable, host, at, resource: writer, workloads: [workload], ...target });
        }
      }
    }
    return [...found.values()];
  });
}

interface ToldHost extends Pick<CacheClient, 'variable' | 'host' | 'at' | 'resource'> {
  readonly value: string;
}

/** The variables of a workload that may hold the address of a cache. */
function toldHosts(workload: Workload, graph: ResourceGraph): readonly ToldHost[] {
  return workload.containers.flatMap((container) =>
    [...environmentOf({ workload, container }, graph).variables].flatMap(
      ([variable, { value, at, resource }]): ToldHost[] => {
        const host = value === undefined ? undefined : cacheHost(variable, value);
        return value === undefined || host === undefined ? [] : [{ variable, value, host, at, resource }];
      },
    ),
  );
}

/**
 * The places that tell of a cache of their own set and that no workload reads which keeps running: ConfigMaps that no
 * template may hand on.
 */
export function unreadCacheAddresses(graph: ResourceGraph): readonly CacheClient[] {
  return graph.memo('unread-cache-addresses', () =>
    graph.all('ConfigMap').flatMap((resource) =>
      (resource.root.find('data')?.entries ?? []).flatMap((at): CacheClient[] => {
        const [variable, value] = [at.key ?? '', at.text()];
        const host = value === undefined ? undefined : cacheHost(variable, value);
        if (host === undefined || isRead(resource, graph)) return [];
        const target = serverAt(host, resource, graph);
        return target.server ? [{ variable, host, at, resource, workloads: [], ...target }] : [];
      }),
    ),
  );
}

function isRead(configMap: Resource, graph: ResourceGraph): boolean {
  return (
    graph.isIncomplete(configMap) ||
    graph.near(configMap, 'helm/Chart').length > 0 ||
    graph.edgesTo(configMap, 'configured-by').some(({ source }) => SERVING_TYPES.includes(source.type))
  );
}

function cacheHost(variable: string, value: string): string | undefined {
  const host = SCHEME.exec(value)?.[1];
  if (host !== undefined) return host.toLowerCase();
  if (!MEANS_CACHE.test(variable) || !MEANS_ADDRESS.test(variable)) return undefined;
  return PLAIN.exec(value)?.[1]?.toLowerCase();
}

function serverAt(
  host: string,
  from: Resource,
  graph: ResourceGraph,
): { readonly server: CacheServer | undefined; readonly isMissing: boolean } {
  const [name, namespace, kind] = host.replace(/\.$/, '').split('.');
  if (kind !== undefined && kind !== 'svc') return { server: undefined, isMissing: false };
  const target = graph.lookup(from, ['Service'], name!, namespace ?? from.namespace);
  const servers = cacheServersOf(graph);
  if (target.status !== 'found') return { server: undefined, isMissing: target.status === 'missing' && target.certain };
  const selector = target.resource.root.find('spec', 'selector');
  const { workloads, certain } = podsByLabels(target.resource, selector, graph);
  const server =
    servers.find((one) => workloads.some(({ resource }) => resource === one.resource)) ??
    // Settings that are left of a cache bear its name.
    (workloads.length === 0
      ? servers.find(({ resource }) => resource.type === 'ConfigMap' && resource.name === name)
      : undefined);
  return { server, isMissing: certain && workloads.length === 0 && selector !== undefined };
}
