import type { Place, SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import type { Lookup, ResourceGraph } from '../resourceGraph.ts';
import { WORKLOAD_TYPES, type Workload, workloadOf } from './workload.ts';

/** An address of another service that a setting carries. */
export interface ServiceCall {
  /** The workload that reads the setting; undefined for an address that no workload of the set reads. */
  readonly caller: Workload | undefined;
  /** Who writes the setting: the workload, or a ConfigMap that it reads. */
  readonly owner: Resource;
  /** The whole setting. */
  readonly at: SourceNode;
  readonly address: WrittenAddress;
  /** The Service that the host names; `unknown` for hosts that may lie outside the cluster. */
  readonly target: Lookup;
}

/** An address, and where its parts stand. */
export interface WrittenAddress {
  /** In small letters; undefined for a plain `host:port`. */
  readonly scheme: string | undefined;
  readonly schemePlace: Place | undefined;
  readonly host: string;
  readonly hostPlace: Place;
  /** As written, or the usual one of the scheme. */
  readonly port: number | undefined;
  /** Undefined where the port is not written. */
  readonly portPlace: Place | undefined;
}

const URL =
  /(?<![\w+.-])([a-z][a-z0-9+.-]*):\/\/\/?(?:[^\s/@:,;"']*(?::[^\s/@,;"']*)?@)?([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::(\d{1,5}))?(?=$|[/?#\s,;"'})\]])/gi;
const HOST_AND_PORT = /^()([a-z](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*):(\d{2,5})$/;
const USUAL_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/**
 * The addresses that a workload's variables, ConfigMaps and arguments carry, as URLs or as `host:port`. Values from Secrets
 * and files are not read.
 */
export function serviceCalls(workload: Workload, graph: ResourceGraph): readonly ServiceCall[] {
  return callsBySet(workload.resource, graph).byCaller.get(workload.resource) ?? [];
}

/** The addresses that a workload or a ConfigMap writes, once for each workload that reads them. */
export function callsWrittenIn(owner: Resource, graph: ResourceGraph): readonly ServiceCall[] {
  return callsBySet(owner, graph).byOwner.get(owner) ?? [];
}

/**
 * The Service that a call goes to, in its own set or, where that set leaves it open, in another one of the workspace: what
 * is deployed by different charts and overlays still meets in the cluster.
 */
export function calledService(
  { address, owner, caller, target }: ServiceCall,
  graph: ResourceGraph,
): Resource | undefined {
  if (target.status === 'found') return target.resource;
  const [name, namespace, svc] = address.host.split('.') as [string, string | undefined, string | undefined];
  if (target.status === 'missing' || (svc !== undefined && svc !== 'svc')) return undefined;
  const wanted = namespace ?? (caller?.resource ?? owner).namespace;
  const byName = graph.memo('services-by-name', () => {
    const services = new Map<string, Resource>();
    for (const service of graph.all('Service')) {
      const key = `${service.namespace} ${service.name}`;
      if (service.namespace !== undefined && !services.has(key)) services.set(key, service);
    }
    return services;
  });
  return byName.get(`${wanted} ${name}`);
}

/** Those who call a Service, from wherever in the workspace. */
export function callersOf(service: Resource, graph: ResourceGraph): readonly ServiceCall[] {
  const byService = graph.memo('calls-by-service', () => {
    const calls = new Map<Resource, ServiceCall[]>();
    for (const owner of graph.all(...WORKLOAD_TYPES, 'ConfigMap')) {
      for (const call of callsWrittenIn(owner, graph)) {
        const called = calledService(call, graph);
        if (called) add(calls, called, call);
      }
    }
    return calls;
  });
  return byService.get(service) ?? [];
}

interface CallsOfSet {
  readonly byCaller: ReadonlyMap<Resource, readonly ServiceCall[]>;
  readonly byOwner: ReadonlyMap<Resource, readonly ServiceCall[]>;
}

function callsBySet(from: Resource, graph: ResourceGraph): CallsOfSet {
  return graph.memo(`service-calls ${graph.setOf(from)}`, () => {
    const byCaller = new Map<Resource, ServiceCall[]>();
    const byOwner = new Map<Resource, ServiceCall[]>();
    const read = new Set<SourceNode>();
    const append = (caller: Workload | undefined, owner: Resource, at: SourceNode): void => {
      read.add(at);
      for (const address of addressesIn(at)) {
        const target = serviceNamed(address.host, caller?.resource ?? owner, graph);
        const call: ServiceCall = { caller, owner, at, address, target };
        add(byOwner, owner, call);
        if (caller) add(byCaller, caller.resource, call);
      }
    };
    for (const resource of graph.near(from, ...WORKLOAD_TYPES)) {
      const workload = workloadOf(resource)!;
      const seen = new Set<SourceNode>();
      for (const { owner, at } of settingsOf(workload, graph)) {
        // Several containers of a pod may read one ConfigMap.
        if (seen.has(at)) continue;
        seen.add(at);
        append(workload, owner, at);
      }
    }
    for (const owner of graph.near(from, 'ConfigMap'))
      for (const at of owner.root.find('data')?.entries ?? []) if (!read.has(at)) append(undefined, owner, at);
    return { byCaller, byOwner };
  });
}

function add(map: Map<Resource, ServiceCall[]>, key: Resource, call: ServiceCall): void {
  const calls = map.get(key);
  if (calls) calls.push(call);
  else map.set(key, [call]);
}

interface Setting {
  readonly owner: Resource;
  readonly at: SourceNode;
}

function* settingsOf(workload: Workload, graph: ResourceGraph): Iterable<Setting> {
  const { resource } = workload;
  const configMap = (name: string | undefined): Resource | undefined => {
    const target = name === undefined ? undefined : graph.lookup(resource, ['ConfigMap'], name);
    return target?.status === 'found' ? target.resource : undefined;
  };
  for (const container of [...workload.initContainers, ...workload.containers]) {
    const own = new Set(container.find('env')?.items.map((variable) => variable.text('name')));
    for (const variable of container.find('env')?.items ?? []) {
      const value = variable.find('value');
      if (value) yield { owner: resource, at: value };
      const reference = variable.find('valueFrom', 'configMapKeyRef');
      const owner = configMap(reference?.text('name'));
      const at = owner?.root.find('data', reference?.text('key') ?? '');
      if (owner && at) yield { owner, at };
    }
    for (const from of container.find('envFrom')?.items ?? []) {
      const owner = configMap(from.text('configMapRef', 'name'));
      // A variable of the container's own wins over one of the same name.
      for (const at of owner?.root.find('data')?.entries ?? [])
        if (!own.has(`${from.text('prefix') ?? ''}${at.key}`)) yield { owner: owner!, at };
    }
    for (const field of ['command', 'args'])
      for (const at of container.find(field)?.items ?? []) yield { owner: resource, at };
  }
}

/** The addresses in a setting; none in long texts, which are scripts and files rather than settings. */
export function addressesIn(node: SourceNode): readonly WrittenAddress[] {
  const { scalar } = node;
  if (typeof scalar !== 'string' || scalar.includes('\n') || scalar.length > 2000) return [];
  const offset = node.source.slice(node.span).indexOf(scalar);
  const place = (start: number, length: number): Place =>
    offset < 0
      ? node
      : {
          source: node.source,
          span: { start: node.span.start + offset + start, end: node.span.start + offset + start + length },
        };
  const plain = HOST_AND_PORT.exec(scalar);
  return [...(plain ? [plain] : scalar.matchAll(URL))].flatMap((match) => {
    const [text, scheme = '', host = '', port] = match;
    const start = match.index;
    const beforePort = port === undefined ? text.length : text.length - port.length - 1;
    return {
      scheme: scheme === '' ? undefined : scheme.toLowerCase(),
      schemePlace: scheme === '' ? undefined : place(start, scheme.length),
      host: host.toLowerCase(),
      hostPlace: place(start + beforePort - host.length, host.length),
      port: port === undefined ? USUAL_PORTS[scheme.toLowerCase()] : Number(port),
      portPlace: port === undefined ? undefined : place(start + text.length - port.length, port.length),
    };
  });
}

/**
 * What the cluster's DNS makes of a host, seen from a pod: `orders`, `orders.shop`, `orders.shop.svc` and
 * `orders.shop.svc.cluster.local` are Services. Two parts may be a host of the outside world as well, so that they are
 * only known to be a Service where the namespace is one of the set.
 */
export function serviceNamed(host: string, from: Resource, graph: ResourceGraph): Lookup {
  const [name, namespace, svc, ...domain] = host.split('.') as [string, ...string[]];
  if (namespace === undefined)
    return name === 'localhost' || /^\d/.test(name) ? { status: 'unknown' } : graph.lookup(from, ['Service'], name);
  if (svc !== undefined ? svc !== 'svc' || !['', 'cluster.local'].includes(domain.join('.')) : /^\d+$/.test(namespace))
    return { status: 'unknown' };
  const target = graph.lookup(from, ['Service'], name, namespace);
  if (svc !== undefined || target.status !== 'missing') return target;
  const namespaces = graph.memo(
    `namespaces ${graph.setOf(from)}`,
    () => new Set(graph.near(from).map((other) => other.namespace)),
  );
  return namespaces.has(namespace) ? target : { status: 'unknown' };
}
