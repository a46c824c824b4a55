import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import type { Lookup, ResourceGraph } from '../resourceGraph.ts';
import { namespacesAgree } from '../selection.ts';

/** A host read as the name of a Kubernetes Service; `namespace` is undefined where neither host nor file names one. */
export interface ServiceHost {
  readonly name: string;
  readonly namespace: string | undefined;
}

/**
 * Reads a host as Istio does: a short name is a Service in the namespace of the object that writes it, `name.namespace`
 * and its longer `.svc…` forms name the namespace. Undefined for hosts outside the cluster and for wildcards.
 */
export function serviceHost(host: string, writer: Resource): ServiceHost | undefined {
  if (host.includes('*')) return undefined;
  const parts = host.split('.');
  if (parts.length === 1) return { name: host, namespace: writer.namespace };
  const [name, namespace, kind] = parts as [string, string, string | undefined];
  if (kind === 'svc') return { name, namespace };
  return undefined;
}

/** Two hosts stand for the same thing: equal as written, or both name one Service. */
export function sameHost(a: string, aWriter: Resource, b: string, bWriter: Resource): boolean {
  const left = serviceHost(a, aWriter);
  const right = serviceHost(b, bWriter);
  if (left && right) return left.name === right.name && namespacesAgree(left.namespace, right.namespace);
  return a === b;
}

/** What a host stands for: a Service, or a ServiceEntry that lists it. Hosts outside the cluster may be in the mesh's registry by other means, so they are never called missing with certainty. */
export function resolveHost(node: SourceNode, writer: Resource, graph: ResourceGraph): Lookup {
  const host = node.text();
  if (host === undefined) return { status: 'unknown' };
  const entry = graph
    .near(writer, 'networking.istio.io/ServiceEntry')
    .find((candidate) =>
      candidate.root.find('spec', 'hosts')?.items.some((item) => matchesHost(item.text() ?? '', host)),
    );
  if (entry) return { status: 'found', resource: entry };
  const service = serviceHost(host, writer);
  if (!service) return host.includes('*') ? { status: 'unknown' } : { status: 'missing', certain: false };
  return graph.lookup(writer, ['Service'], service.name, service.namespace);
}

/** `*.shop.example` covers `cart.shop.example`; `*` covers all. */
export function matchesHost(pattern: string, host: string): boolean {
  if (pattern === host || pattern === '*') return true;
  return pattern.startsWith('*.') && host.endsWith(pattern.slice(1));
}
