import { parseImageReference } from '../../languages/imageReference.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { lostConfigMapsOf } from '../kubernetes/lostConfigMaps.ts';
import { SERVING_TYPES, type Workload, workloadOf } from '../kubernetes/workload.ts';
import { describeOther, type Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { CacheDirective, CacheServer } from './cacheServer.ts';
import { managedCaches } from './managedCaches.ts';

const REDIS = /^(?:redis|valkey|redis-stack-server|keydb|dragonfly)$/;
const MEMCACHED = /^memcached$/;

/** Every cache of the workspace: containers, managed ones of Terraform, and settings that no container mounts. */
export function cacheServersOf(graph: ResourceGraph): readonly CacheServer[] {
  return graph.memo('cache-servers', () => {
    const running = graph
      .all(...SERVING_TYPES)
      .flatMap((resource) => graph.derived(resource, 'caches', (asked) => cachesIn(workloadOf(resource)!, asked)));
    const mounted = new Set(running.flatMap((cache) => cache.mounted));
    const orphans = graph
      .all('ConfigMap')
      .flatMap((map) => (mounted.has(map) ? [] : graph.derived(map, 'cache-settings', () => settingsIn(map))));
    return [...running.map(({ server }) => server), ...orphans, ...managedCaches(graph)];
  });
}

/** A cache that a container runs, and the ConfigMaps that its pod mounts. */
interface RunningCache {
  readonly server: CacheServer;
  readonly mounted: readonly Resource[];
}

function cachesIn(workload: Workload, graph: ResourceGraph): readonly RunningCache[] {
  return workload.containers.flatMap((container) => containerCache(workload, container, graph) ?? []);
}

/** The cache whose settings a ConfigMap holds. */
function settingsIn(map: Resource): readonly CacheServer[] {
  const file = map.root.find('data')?.entries.find(({ key }) => /^(?:redis|valkey)[\w-]*\.conf$/.test(key ?? ''));
  if (!file) return [];
  return [
    {
      resource: map,
      name: describeOther(map),
      engine: 'redis',
      at: file.keyPlace,
      workload: undefined,
      container: undefined,
      directives: inFile(file, map),
      isKnown: false,
      lacksSettings: false,
    },
  ];
}

function containerCache(workload: Workload, container: SourceNode, graph: ResourceGraph): RunningCache | undefined {
  const reference = parseImageReference(container.text('image') ?? '');
  const image = reference?.name ?? '';
  const isRedis = REDIS.test(image);
  if (!isRedis && !MEMCACHED.test(image)) return undefined;
  const { resource } = workload;
  const lists = ['command', 'args'].flatMap((field) => container.find(field) ?? []);
  const words = lists.flatMap((list) => list.items);
  const maps = mountedMaps(workload, graph);
  const files = maps.flatMap(({ map }) =>
    map
      ? (map.root.find('data')?.entries ?? []).flatMap((entry) =>
          /\.conf$/.test(entry.key ?? '') ? inFile(entry, map) : [],
        )
      : [],
  );
  // Images with start scripts of their own set directives by variables.
  const isPlain =
    container.lacks('env') &&
    container.lacks('envFrom') &&
    /library|^valkey/.test(`${reference?.repository ?? 'library'}`);
  const server: CacheServer = {
    resource,
    name: describeOther(resource),
    engine: isRedis ? 'redis' : 'memcached',
    at: resource.root.find('metadata', 'name') ?? resource.root,
    workload,
    container,
    directives: isRedis ? [...files, ...inWords(words, resource)] : [],
    isKnown:
      isPlain &&
      !container.open &&
      lists.every((list) => list.known) &&
      workload.podSpec?.find('volumes')?.known !== false &&
      maps.every(({ map }) => map !== undefined) &&
      !words.some((word) => /\bsh\b|\$/.test(word.text() ?? '')),
    lacksSettings:
      isRedis &&
      files.length === 0 &&
      words.some((word) => word.text()?.endsWith('.conf')) &&
      maps.some(({ name, map }) => !map && name !== undefined && lostConfigMapsOf(resource, graph).has(name)),
  };
  return { server, mounted: maps.flatMap(({ map }) => map ?? []) };
}

interface MountedMap {
  readonly name: string | undefined;
  /** Undefined for one that is not known. */
  readonly map: Resource | undefined;
}

/** The ConfigMaps that a pod mounts. */
function mountedMaps({ podSpec, resource }: Workload, graph: ResourceGraph): MountedMap[] {
  return (podSpec?.find('volumes')?.items ?? []).flatMap((volume): MountedMap[] => {
    const name = volume.text('configMap', 'name');
    if (name === undefined) return volume.find('projected') ? [{ name, map: undefined }] : [];
    const target = graph.lookup(resource, ['ConfigMap'], name);
    return [{ name, map: target.status === 'found' ? target.resource : undefined }];
  });
}

/** The lines of a `redis.conf` in a ConfigMap, each with the place of its value. */
function inFile(entry: SourceNode, resource: Resource): CacheDirective[] {
  if (entry.kind !== 'scalar') return [];
  const { source, span } = entry;
  return [...source.slice(span).matchAll(/^([ \t]*)([a-z][a-z-]+)([ \t]+)(\S.*?)[ \t\r]*$/gm)].map((match) => {
    const [, indent, name, gap, written] = match as unknown as [string, string, string, string, string];
    const start = span.start + match.index + indent.length + name.length + gap.length;
    const value = written.replace(/^"(.*)"$/, '$1');
    return { name, value, at: { source, span: { start, end: start + written.length } }, resource };
  });
}

/** `--maxmemory 256mb` as words of their own, in one word, or in a line for a shell. */
function inWords(words: readonly SourceNode[], resource: Resource): CacheDirective[] {
  const directives: CacheDirective[] = [];
  words.forEach((word, index) => {
    const text = word.text() ?? '';
    const next = words[index + 1];
    const own = /^--([a-z][a-z-]+)$/.exec(text)?.[1];
    const value = next?.text();
    if (own !== undefined && next && value !== undefined && !value.startsWith('--'))
      directives.push({ name: own, value, at: next, resource });
    for (const [, name, written] of text.matchAll(/--([a-z][a-z-]+)[ =]+("[^"]*"|'[^']*'|[^\s-]\S*)/g))
      directives.push({ name: name!, value: written!.replace(/^(["'])(.*)\1$/, '$2'), at: word, resource });
  });
  return directives;
}
