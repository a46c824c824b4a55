import type { PassThrough } from 'node:stream';
import { cancelled } from '../../client/src/cluster/cancellation.ts';
import { Failure } from '../../client/src/cluster/failure.ts';
import type {
  ApplyOptions,
  KubeApi,
  LogOptions,
  ObjectList,
  PatchOptions,
  Selection,
  WatchEvent,
} from '../../client/src/cluster/kubeApi.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import { type ResourceType, wellKnownTypes } from '../../client/src/cluster/resourceType.ts';

interface Watcher {
  readonly path: string;
  readonly selection: Selection;
  readonly send: (event: WatchEvent | Failure | 'close') => void;
}

/**
 * An API server in memory: objects by path, watches, and faults on command. It knows label and field selectors by
 * equality only, and applies by replacing.
 */
export class MemoryCluster implements KubeApi {
  readonly context: string;
  readonly objects = new Map<string, KubeObject>();
  readonly requests: string[] = [];
  readonly logLines = new Map<string, readonly string[]>();
  types: ResourceType[] = [
    ...Object.values(wellKnownTypes),
    { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true, verbs: [] },
    { group: '', version: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true, verbs: [] },
    { group: '', version: 'v1', kind: 'Service', plural: 'services', namespaced: true, verbs: [] },
    { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false, verbs: [] },
  ];
  /** Asked before each request; what it returns is thrown. */
  fault: (request: string) => Failure | undefined = () => undefined;
  /** Called before a write is stored. */
  beforeWrite: (request: string) => void | Promise<void> = () => {};
  #version = 100;
  #watchers = new Set<Watcher>();

  constructor(context = 'kind-shop') {
    this.context = context;
  }

  /** Stores an object as if another client had written it, and tells the watchers. */
  put(path: string, object: KubeObject): KubeObject {
    const before = this.objects.get(path);
    this.#version += 1;
    const changedSpec = JSON.stringify(before?.['spec']) !== JSON.stringify(object['spec']);
    const stored = {
      ...object,
      metadata: {
        uid: before?.metadata.uid ?? `uid-${object.kind}-${object.metadata.name}`,
        ...object.metadata,
        resourceVersion: String(this.#version),
        generation: object.metadata.generation ?? (before?.metadata.generation ?? 0) + (changedSpec || !before ? 1 : 0),
      },
    };
    this.objects.set(path, stored);
    this.#tell(path, { type: before ? 'MODIFIED' : 'ADDED', object: stored });
    return stored;
  }

  remove(path: string): void {
    const object = this.objects.get(path);
    if (!object) return;
    this.#version += 1;
    this.objects.delete(path);
    const metadata = { ...object.metadata, resourceVersion: String(this.#version) };
    this.#tell(path, { type: 'DELETED', object: { ...object, metadata } });
  }

  /** Ends all watches, in good order or by a failure. */
  breakWatches(how: Failure | 'close' = 'close'): void {
    for (const watcher of [...this.#watchers]) watcher.send(how);
  }

  get openWatches(): number {
    return this.#watchers.size;
  }

  async discovery(signal: AbortSignal): Promise<readonly ResourceType[]> {
    this.#request('discovery', signal);
    return this.types;
  }

  async list(path: string, selection: Selection, signal: AbortSignal): Promise<ObjectList> {
    this.#request(`list ${path}`, signal);
    const items = [...this.objects].filter(([key, object]) => isIn(key, path) && fits(object, selection));
    return { resourceVersion: String(this.#version), items: items.map(([, object]) => object) };
  }

  async watch(
    path: string,
    resourceVersion: string,
    selection: Selection,
    signal: AbortSignal,
  ): Promise<AsyncIterable<WatchEvent>> {
    this.#request(`watch ${path} from ${resourceVersion}`, signal);
    const queue: (WatchEvent | Failure | 'close')[] = [];
    const watcher = {
      path,
      selection,
      wake: () => {},
      send: (event: WatchEvent | Failure | 'close') => {
        queue.push(event);
        watcher.wake();
      },
    };
    this.#watchers.add(watcher);
    return this.#events(watcher, queue, signal);
  }

  async *#events(
    watcher: Watcher & { wake: () => void },
    queue: (WatchEvent | Failure | 'close')[],
    signal: AbortSignal,
  ): AsyncIterable<WatchEvent> {
    const onAbort = (): void => watcher.wake();
    signal.addEventListener('abort', onAbort);
    try {
      for (;;) {
        if (signal.aborted) throw cancelled();
        const next = queue.shift();
        if (next === undefined) {
          await new Promise<void>((resolve) => {
            watcher.wake = resolve;
          });
          continue;
        }
        if (next === 'close') return;
        if (next instanceof Failure) throw next;
        yield next;
      }
    } finally {
      this.#watchers.delete(watcher);
      signal.removeEventListener('abort', onAbort);
    }
  }

  async get(path: string, signal: AbortSignal): Promise<KubeObject> {
    this.#request(`get ${path}`, signal);
    const object = this.objects.get(path);
    if (!object) throw new Failure('not-found', `Nothing at ${path}.`);
    return object;
  }

  async create(path: string, object: object, signal: AbortSignal): Promise<KubeObject> {
    this.#request(`create ${path}`, signal);
    return this.put(`${path}/${(object as KubeObject).metadata.name}`, object as KubeObject);
  }

  async apply(path: string, object: KubeObject, options: ApplyOptions, signal: AbortSignal): Promise<KubeObject> {
    const request = `${options.dryRun ? 'dry-run' : 'apply'}${options.force ? ' by force' : ''} ${path}`;
    this.#request(request, signal);
    const namespace = /\/namespaces\/([^/]+)\//.exec(path)?.[1];
    if (namespace && !this.objects.has(`/api/v1/namespaces/${namespace}`)) {
      throw new Failure('not-found', `No namespace ${namespace}.`, { said: `namespaces "${namespace}" not found` });
    }
    if (options.dryRun) return object;
    const live = this.objects.get(path);
    if (options.fieldManager !== undefined && live) {
      const labels = { ...live.metadata.labels, ...object.metadata.labels };
      return this.put(path, { ...live, metadata: { ...live.metadata, labels } });
    }
    await this.beforeWrite(request);
    if (signal.aborted) throw cancelled();
    return this.put(path, object);
  }

  async patch(path: string, patch: unknown, options: PatchOptions, signal: AbortSignal): Promise<KubeObject> {
    this.#request(`patch ${path}`, signal);
    const object = await this.get(path, signal);
    if (options.type === 'json') {
      const operations = patch as { op: string; path: string; value: unknown }[];
      const replacement = operations.find(({ op }) => op === 'replace');
      return this.put(path, {
        ...object,
        metadata: withoutGeneration(object),
        spec: { ...(object['spec'] as object), template: replacement?.value },
      });
    }
    const { spec } = patch as { spec: object };
    return this.put(path, {
      ...object,
      metadata: withoutGeneration(object),
      spec: { ...(object['spec'] as object), ...spec },
    });
  }

  async delete(path: string, _options: object, signal: AbortSignal): Promise<void> {
    this.#request(`delete ${path}`, signal);
    this.remove(path);
  }

  async *logs(namespace: string, pod: string, options: LogOptions, signal: AbortSignal): AsyncIterable<string> {
    this.#request(`logs ${namespace}/${pod}/${options.container}${options.previous ? ' previous' : ''}`, signal);
    yield* this.logLines.get(`${pod}/${options.container}`) ?? [];
  }

  exec(): Promise<number> {
    throw new Error('The cluster in memory runs nothing.');
  }

  async portForward(): Promise<PassThrough> {
    throw new Error('The cluster in memory has no ports.');
  }

  #request(request: string, signal: AbortSignal): void {
    if (signal.aborted) throw cancelled();
    this.requests.push(request);
    const failure = this.fault(request);
    if (failure) throw failure;
  }

  #tell(path: string, event: WatchEvent): void {
    for (const watcher of this.#watchers) {
      if (isIn(path, watcher.path) && fits(event.object, watcher.selection)) watcher.send(event);
    }
  }
}

function withoutGeneration(object: KubeObject): KubeObject['metadata'] {
  const { generation: _generation, ...metadata } = object.metadata;
  return metadata;
}

function isIn(path: string, collection: string): boolean {
  return path.startsWith(`${collection}/`) && !path.slice(collection.length + 1).includes('/');
}

function fits(object: KubeObject, { labelSelector, fieldSelector }: Selection): boolean {
  const pairs = (text: string | undefined): [string, string][] =>
    (text ?? '')
      .split(',')
      .filter((part) => part !== '')
      .map((part) => part.split('=') as [string, string]);
  return (
    pairs(labelSelector).every(([name, value]) => object.metadata.labels?.[name] === value) &&
    pairs(fieldSelector).every(([name, value]) =>
      name === 'metadata.name' ? object.metadata.name === value : object[name] === value,
    )
  );
}
