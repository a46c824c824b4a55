import type { Span } from '../../text/sourceText.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { Lookup, ResourceGraph } from '../../workspace/resourceGraph.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { mayHaveOtherPods } from './podMakers.ts';

/** Where a client sends to, as a setting of it says: `http://cart.shop.svc:8080/path`, `cart:4317`. */
export interface NetworkAddress {
  /** Without `://`; undefined where there is none. */
  readonly scheme: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
  /** Offsets in the text that was read. */
  readonly hostSpan: Span;
  readonly portSpan: Span | undefined;
}

const ADDRESS =
  /^\s*(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/\s]*@)?([a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?)\.?(?::(\d{1,5}))?(?=[/?#\s]|$)/d;

/** Reads an address with or without scheme, port and path; undefined for what names no host. */
export function readAddress(text: string): NetworkAddress | undefined {
  const match = ADDRESS.exec(text);
  const host = match?.indices?.[2];
  if (!match || !host) return undefined;
  const port = match.indices?.[3];
  return {
    scheme: match[1],
    host: match[2]!,
    port: match[3] === undefined ? undefined : Number(match[3]),
    hostSpan: { start: host[0], end: host[1] },
    portSpan: port && { start: port[0], end: port[1] },
  };
}

/** A host of the cluster's own DNS, read as the Service that it names. */
export interface ClusterHost {
  readonly name: string;
  readonly namespace: string | undefined;
}

/**
 * Reads a host as a pod resolves it: `cart`, `cart.shop` (where the workspace has such a namespace), `cart.shop.svc…` and
 * the host of a pod behind a headless Service. Undefined for hosts outside the cluster.
 */
export function clusterHost(host: string, writer: Resource, graph: ResourceGraph): ClusterHost | undefined {
  if (host === 'localhost' || /^[\d.]+$/.test(host)) return undefined;
  const parts = host.split('.');
  const [name, namespace] = parts as [string, string | undefined];
  if (parts[2] === 'svc') return { name, namespace };
  if (parts[3] === 'svc') return { name: parts[1]!, namespace: parts[2] };
  if (parts.length === 1) return { name, namespace: writer.namespace };
  const isNamespace =
    parts.length === 2 &&
    (graph.near(writer, 'Namespace').some((one) => one.name === namespace) ||
      graph.near(writer, 'Service').some((one) => one.namespace !== undefined && one.namespace === namespace));
  return isNamespace ? { name, namespace } : undefined;
}

/**
 * The Service that a host names. A Service that an operator of that namespace may make is never missing with certainty.
 * Undefined for hosts outside the cluster.
 */
export function serviceOf(host: string, writer: Resource, graph: ResourceGraph): Lookup | undefined {
  const named = clusterHost(host, writer, graph);
  if (!named) return undefined;
  const found = graph.lookup(writer, ['Service'], named.name, named.namespace);
  if (found.status !== 'missing') return found;
  // Another set, such as a chart of the workspace, may bring it.
  const others = graph.all('Service').filter(({ namespace }) => namespacesAgree(namespace, named.namespace));
  if (others.some(({ name }) => name === named.name)) return { status: 'unknown' };
  const hasTemplates = others.some(({ name }) => name === undefined);
  // Objects without a namespace may be deployed to any, which tells nothing of this one.
  const describesNamespace = graph.near(writer, 'Service').some(({ namespace }) => namespace === named.namespace);
  return {
    status: 'missing',
    certain: found.certain && describesNamespace && !hasTemplates && !mayHaveOtherPods(writer, graph, named.namespace),
  };
}

/** The numbers of the ports of a Service; undefined where a template writes them, or where every port of its pods answers. */
export function portNumbersOf({ root }: Resource): readonly number[] | undefined {
  const ports = root.find('spec', 'ports');
  if (!ports?.known || root.text('spec', 'clusterIP') === 'None' || root.text('spec', 'type') === 'ExternalName')
    return undefined;
  return ports.items.flatMap((port) => port.number('port') ?? []);
}
