import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import type { Lookup, ResourceGraph } from '../resourceGraph.ts';
import { namespacesAgree } from '../selection.ts';
import { isExportedTo } from './exports.ts';

export const SERVICE_ENTRY = 'networking.istio.io/ServiceEntry';

/** What Kubernetes appends to the names of Services where nobody chose another domain. */
const CLUSTER_DOMAIN = 'cluster.local';

/** A host read as the name of a Kubernetes Service; `namespace` is undefined where neither host nor file names one. */
export interface ServiceHost {
  readonly name: string;
  readonly namespace: string | undefined;
}

/**
 * Reads a host as Istio does: a short name is a Service in the namespace of the object that writes it, and
 * `name.namespace.svc…` names the namespace. Undefined for hosts outside the cluster and for wildcards.
 */
export function serviceHost(host: string, writer: Resource): ServiceHost | undefined {
  if (host.includes('*')) return undefined;
  const parts = host.split('.');
  if (parts.length === 1) return { name: host, namespace: writer.namespace };
  const [name, namespace, kind] = parts as [string, string, string | undefined];
  if (kind === 'svc') return { name, namespace };
  return undefined;
}

/** A short name written out: `cart` → `cart.shop.svc.cluster.local`. Other hosts, and names without a namespace, stay. */
export function fullHost(host: string, writer: Resource): string {
  if (host.includes('.') || host.includes('*') || writer.namespace === undefined) return host;
  return `${host}.${writer.namespace}.svc.${CLUSTER_DOMAIN}`;
}

/**
 * The full name that is meant by `cart.shop` or `cart.shop.svc`. Istio completes only names without a dot, so it knows
 * neither; undefined for every other host.
 */
export function halfNamedService(host: string): { readonly service: ServiceHost; readonly full: string } | undefined {
  const match = /^([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc)?$/.exec(host);
  if (!match) return undefined;
  const [, name, namespace] = match as unknown as [string, string, string];
  return { service: { name, namespace }, full: `${name}.${namespace}.svc.${CLUSTER_DOMAIN}` };
}

/** Two hosts stand for the same thing: equal as written, or both name one Service. */
export function sameHost(a: string, aWriter: Resource, b: string, bWriter: Resource): boolean {
  const left = serviceHost(a, aWriter);
  const right = serviceHost(b, bWriter);
  if (left && right) return left.name === right.name && namespacesAgree(left.namespace, right.namespace);
  return a === b;
}

/**
 * What a host stands for: a Service, or a ServiceEntry that lists it and that the writer's namespace sees. Hosts outside
 * the cluster may be in the mesh's registry by other means, so they are never called missing with certainty.
 */
export function resolveHost(node: SourceNode, writer: Resource, graph: ResourceGraph): Lookup {
  const host = node.text();
  if (host === undefined) return { status: 'unknown' };
  const entries = serviceEntriesFor(host, writer, graph);
  const entry = entries.find((candidate) => isExportedTo(candidate, writer.namespace) !== false);
  if (entry) return { status: 'found', resource: entry };
  if (host.includes('*')) return resolveWildcard(host, writer, graph);
  const service = serviceHost(host, writer);
  if (!service) return { status: 'missing', certain: entries.length > 0 };
  const target = graph.lookup(writer, ['Service'], service.name, service.namespace);
  // An entry of a namespace that keeps it to itself does not answer, but it tells that nothing else should.
  return target.status === 'missing' && entries.length > 0 ? { status: 'missing', certain: true } : target;
}

/** The ServiceEntries of the set that list a host, whoever sees them. */
export function serviceEntriesFor(host: string, writer: Resource, graph: ResourceGraph): readonly Resource[] {
  const full = fullHost(host, writer);
  return graph.near(writer, SERVICE_ENTRY).filter((candidate) =>
    candidate.root.find('spec', 'hosts')?.items.some((item) => {
      const listed = item.text();
      return listed !== undefined && (matchesHost(listed, host) || matchesHost(listed, full));
    }),
  );
}

/** `*.shop.example` covers `cart.shop.example` and `*.eu.shop.example`; `*` covers all. */
export function matchesHost(pattern: string, host: string): boolean {
  if (pattern === host || pattern === '*') return true;
  return pattern.startsWith('*') && host.length > pattern.length - 1 && host.endsWith(pattern.slice(1));
}

/** A wildcard stands for many Services, never for one; it is missing where it covers a namespace without any. */
function resolveWildcard(host: string, writer: Resource, graph: ResourceGraph): Lookup {
  const namespace = /^\*\.([a-z0-9-]+)\.svc(?:\.|$)/.exec(host)?.[1];
  if (namespace === undefined)
    return /(?:^|\.)(?:local|svc)$|^\*$/.test(host) || host.includes('.svc.')
      ? { status: 'unknown' }
      : { status: 'missing', certain: false };
  const services = graph.near(writer, 'Service');
  const isEmpty = services.length > 0 && !services.some((service) => namespacesAgree(service.namespace, namespace));
  return isEmpty ? { status: 'missing', certain: false } : { status: 'unknown' };
}
