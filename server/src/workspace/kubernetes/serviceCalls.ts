import { SPRING_SETTINGS } from '../../languages/java/springSettings.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import { isSettingsFile, settingsInFile } from '../applications/spring/settingsFiles.ts';
import { springApplications } from '../applications/spring/springSettings.ts';
import { folderOf } from '../documentSets.ts';
import type { Resource, ResourceType } from '../resource.ts';
import type { Lookup, ResourceGraph } from '../resourceGraph.ts';
import { WORKLOAD_TYPES, type Workload, workloadOf } from './workload.ts';

/** What may carry addresses of other services. */
export const CALLING_TYPES: readonly ResourceType[] = [...WORKLOAD_TYPES, 'ConfigMap', SPRING_SETTINGS];

/** An address of another service that a setting carries. */
export interface ServiceCall {
  /** The workload that reads the setting; undefined for an address that no workload of the set reads. */
  readonly caller: Workload | undefined;
  /** Who writes the setting: the workload, a ConfigMap that it reads, or a file of the application in its image. */
  readonly owner: Resource;
  /** The whole value. */
  readonly at: Place;
  /** What the setting is called: `CATALOG_URL`, `shop.catalog.url`; empty for arguments. */
  readonly name: string;
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
/** Longer values are scripts and files rather than settings. */
const LONGEST_SETTING = 2000;
const LONGEST_FILE = 200_000;
const USUAL_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/**
 * The addresses that a workload's variables, ConfigMaps, arguments and Spring settings carry, as URLs or as `host:port`.
 * Values from Secrets are not read, and of files only JSON and Spring's settings.
 */
export function serviceCalls(workload: Workload, graph: ResourceGraph): readonly ServiceCall[] {
  const deployed = callsBySet(workload.resource, graph).byCaller.get(workload.resource) ?? [];
  const own = applicationCalls(graph).byCaller.get(workload.resource) ?? [];
  return [...deployed, ...own];
}

/** The addresses that a workload, a ConfigMap or a file of an application writes, once for each workload that reads them. */
export function callsWrittenIn(owner: Resource, graph: ResourceGraph): readonly ServiceCall[] {
  const calls = owner.type === SPRING_SETTINGS ? applicationCalls(graph) : callsBySet(owner, graph);
  return calls.byOwner.get(owner) ?? [];
}

/** The addresses that files of Spring applications set, where nothing of the deployment overrides them. */
function applicationCalls(graph: ResourceGraph): Calls {
  return graph.memo('application-calls', () => {
    const byCaller = new Map<Resource, ServiceCall[]>();
    const byOwner = new Map<Resource, ServiceCall[]>();
    for (const settings of springApplications(graph)) {
      const caller = settings.running?.workload;
      if (!caller) continue;
      for (const key of settings.keysBelow('')) {
        const setting = settings.get(key);
        if (setting?.value === undefined || setting.resource.type !== SPRING_SETTINGS) continue;
        for (const address of addressesOf(setting.value, setting.at)) {
          const target = serviceNamed(address.host, caller.resource, graph);
          const call: ServiceCall = { caller, owner: setting.resource, at: setting.at, name: key, address, target };
          add(byOwner, setting.resource, call);
          add(byCaller, caller.resource, call);
        }
      }
    }
    return { byCaller, byOwner };
  });
}

/**
 * The Service that a call goes to, in its own set or, where that set leaves it open, in another one of the workspace: what
 * is deployed by different charts and overlays still meets in the cluster. Where no namespace is written, it meets what
 * stands in the same folder.
 */
export function calledService(
  { address, owner, caller, target }: ServiceCall,
  graph: ResourceGraph,
): Resource | undefined {
  if (target.status === 'found') return target.resource;
  const [name, namespace, svc] = address.host.split('.') as [string, string | undefined, string | undefined];
  if (target.status === 'missing' || (svc !== undefined && svc !== 'svc')) return undefined;
  const from = caller?.resource ?? owner;
  return servicesByName(graph).get(`${namespace ?? from.namespace ?? folderOf(from)} ${name}`);
}

/** The first Service of each name in each namespace or, without one, in each folder. */
function servicesByName(graph: ResourceGraph): ReadonlyMap<string, Resource> {
  return graph.memo('services-by-name', () => {
    const services = new Map<string, Resource>();
    for (const service of graph.all('Service')) {
      const key = `${service.namespace ?? folderOf(service)} ${service.name}`;
      if (!services.has(key)) services.set(key, service);
    }
    return services;
  });
}

/** Those who call a Service, from wherever in the workspace. */
export function callersOf(service: Resource, graph: ResourceGraph): readonly ServiceCall[] {
  const byService = graph.memo('calls-by-service', () => {
    const calls = new Map<Resource, ServiceCall[]>();
    for (const owner of graph.all(...CALLING_TYPES)) {
      for (const call of callsWrittenIn(owner, graph)) {
        const called = calledService(call, graph);
        if (called) add(calls, called, call);
      }
    }
    return calls;
  });
  return byService.get(service) ?? [];
}

interface Calls {
  readonly byCaller: ReadonlyMap<Resource, readonly ServiceCall[]>;
  readonly byOwner: ReadonlyMap<Resource, readonly ServiceCall[]>;
}

function callsBySet(from: Resource, graph: ResourceGraph): Calls {
  return graph.memo(`service-calls ${graph.setOf(from)}`, () => {
    const byCaller = new Map<Resource, ServiceCall[]>();
    const byOwner = new Map<Resource, ServiceCall[]>();
    const read = new Set<SourceNode>();
    for (const resource of graph.near(from, ...WORKLOAD_TYPES)) {
      const { calls, settings } = graph.derived(resource, 'service-calls', (asked) =>
        callsOf(workloadOf(resource)!, asked),
      );
      for (const setting of settings) read.add(setting);
      for (const call of calls) add(byOwner, call.owner, call);
      if (calls.length > 0) byCaller.set(resource, [...calls]);
    }
    for (const owner of graph.near(from, 'ConfigMap')) {
      for (const { setting, calls } of graph.derived(owner, 'unread-calls', (asked) => callsOfUnread(owner, asked)))
        if (!read.has(setting)) for (const call of calls) add(byOwner, owner, call);
    }
    return { byCaller, byOwner };
  });
}

/** The calls of a workload, and every setting of it that was read. */
function callsOf(
  workload: Workload,
  graph: ResourceGraph,
): { readonly calls: readonly ServiceCall[]; readonly settings: ReadonlySet<SourceNode> } {
  // Several containers of a pod may read one ConfigMap.
  const settings = new Set<SourceNode>();
  const calls: ServiceCall[] = [];
  for (const setting of settingsOf(workload, graph)) {
    if (settings.has(setting.at)) continue;
    settings.add(setting.at);
    calls.push(...callsIn(setting, workload, graph));
  }
  return { calls, settings };
}

/** The calls of each entry of a ConfigMap as they are where no workload reads it. */
function callsOfUnread(
  owner: Resource,
  graph: ResourceGraph,
): readonly { readonly setting: SourceNode; readonly calls: readonly ServiceCall[] }[] {
  return (owner.root.find('data')?.entries ?? []).flatMap((at) => {
    const calls = callsIn({ owner, at, name: at.key ?? '' }, undefined, graph);
    return calls.length > 0 ? [{ setting: at, calls }] : [];
  });
}

function callsIn(setting: Setting, caller: Workload | undefined, graph: ResourceGraph): ServiceCall[] {
  const { owner } = setting;
  return writtenIn(setting).map(({ address, at, name }) => {
    const target = serviceNamed(address.host, caller?.resource ?? owner, graph);
    return { caller, owner, at, name, address, target };
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
  readonly name: string;
}

/** The addresses of a setting, or of the settings of a file. */
function writtenIn({ at, name }: Setting): readonly Pick<ServiceCall, 'address' | 'at' | 'name'>[] {
  if (isSettingsFile(at))
    return settingsInFile(at).flatMap((setting) =>
      addressesOf(setting.value, setting.at).map((address) => ({ address, at: setting.at, name: setting.name })),
    );
  const addresses = at.key?.endsWith('.json') ? addressesOfFile(at) : addressesIn(at);
  return addresses.map((address) => ({ address, at, name }));
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
      const name = variable.text('name') ?? '';
      if (value) yield { owner: resource, at: value, name };
      const reference = variable.find('valueFrom', 'configMapKeyRef');
      const owner = configMap(reference?.text('name'));
      const at = owner?.root.find('data', reference?.text('key') ?? '');
      if (owner && at) yield { owner, at, name };
    }
    for (const from of container.find('envFrom')?.items ?? []) {
      const owner = configMap(from.text('configMapRef', 'name'));
      // A variable of the container's own wins over one of the same name.
      for (const at of owner?.root.find('data')?.entries ?? [])
        if (!own.has(`${from.text('prefix') ?? ''}${at.key}`)) yield { owner: owner!, at, name: at.key ?? '' };
    }
    for (const field of ['command', 'args'])
      for (const at of container.find(field)?.items ?? []) yield { owner: resource, at, name: '' };
  }
  for (const volume of workload.podSpec?.find('volumes')?.items ?? []) {
    const owner = configMap(volume.text('configMap', 'name'));
    // Files are read where their form is known: JSON, where gateways like KrakenD keep their backends, and Spring's own.
    for (const at of owner?.root.find('data')?.entries ?? [])
      if (at.key?.endsWith('.json') || isSettingsFile(at)) yield { owner: owner!, at, name: '' };
  }
  // Spring Cloud Kubernetes reads the ConfigMap of the application's name, which nothing mounts.
  const own = configMap(resource.name);
  for (const at of own?.root.find('data')?.entries ?? []) if (isSettingsFile(at)) yield { owner: own!, at, name: '' };
}

/** The addresses in a text value; none in long texts, which are scripts and files rather than settings. */
export function addressesIn(node: SourceNode): readonly WrittenAddress[] {
  return typeof node.scalar === 'string' ? addressesOf(node.scalar, node) : [];
}

/** The addresses in a text that is written at a place, or made of what is written there. */
function addressesOf(scalar: string, written: Place): readonly WrittenAddress[] {
  if (scalar.includes('\n') || scalar.length > LONGEST_SETTING) return [];
  return addressesWithin(scalar, written);
}

/** The addresses that stand alone in the strings of a JSON file. */
function addressesOfFile(file: SourceNode): readonly WrittenAddress[] {
  const text = file.source.slice(file.span);
  if (text.length > LONGEST_FILE) return [];
  return addressesWithin(text, file).filter(({ schemePlace }) => {
    const start = schemePlace?.span.start ?? 0;
    return file.source.text[start - 1] === '"';
  });
}

function addressesWithin(scalar: string, written: Place): readonly WrittenAddress[] {
  const { source, span } = written;
  const offset = source.slice(span).indexOf(scalar);
  const place = (start: number, length: number): Place =>
    offset < 0
      ? written
      : { source, span: { start: span.start + offset + start, end: span.start + offset + start + length } };
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
