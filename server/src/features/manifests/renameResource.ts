import { formatFault } from '../../schema/formats.ts';
import { resourceNameFault } from '../../schema/resourceNames.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Span, TextEdit } from '../../text/sourceText.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { serviceHost } from '../../workspace/istio/hosts.ts';
import type { Resource } from '../../workspace/resource.ts';
import { label } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { edgesAt, resourcesNamedAt } from '../edgesAt.ts';
import { kustomizeNames } from '../kustomizePlaces.ts';
import type { Cursor, Rename } from '../languageFeatures.ts';
import { writtenRoot } from '../writtenRoot.ts';

/** The name under the cursor where it is a Kubernetes object's, written plainly, or a plain reference to one. */
export function resourceNameSpan(cursor: Cursor): Span | undefined {
  const [named] = resourcesNamedAt(cursor);
  if (named)
    return isRenamable(named) ? nameSpan(named.root.find('metadata', 'name')!, writtenName(named)!) : undefined;
  for (const { target, writtenAt } of edgesAt(cursor)) {
    if (target.status !== 'found' || !isRenamable(target.resource)) continue;
    const span = nameSpan(writtenAt, writtenName(target.resource)!);
    if (span) return span;
  }
  return undefined;
}

/**
 * Renames an object and every reference that means it by exactly its name: through edges, with the host forms
 * `name.namespace.svc…` and the `namespace/name` form. Labels and texts that merely hold the same word stay.
 */
export function renameResource(cursor: Cursor, newName: string): Rename | undefined {
  const { graph } = cursor.snapshot;
  const named = resourcesNamedAt(cursor);
  const meant =
    named.length > 0
      ? named
      : edgesAt(cursor).flatMap(({ target }) => (target.status === 'found' ? [target.resource] : []));
  const [first] = meant;
  if (!first || !isRenamable(first)) return undefined;
  const fault = resourceNameFault(first.kind, 'kubernetes', newName) ?? formatFault('path-segment', newName);
  if (newName === '' || fault) {
    return { status: 'refused', reason: `The name of a ${first.kind} ${fault ?? 'must not be empty'}.` };
  }
  const edits = new Map<string, TextEdit>();
  const add = (node: SourceNode | undefined, name: string): void => {
    const span = node && nameSpan(node, name);
    if (span) edits.set(`${node.source.uri} ${span.start}`, { uri: node.source.uri, span, newText: newName });
  };
  for (const resource of everywhere(first, graph)) {
    const name = writtenName(resource)!;
    const other = graph
      .sameNamespace(resource, [resource.type])
      .find((peer) => peer.name === newName && peer.uri !== resource.uri);
    if (other) return { status: 'refused', reason: `There is already a ${label(other)}.` };
    add(resource.root.find('metadata', 'name'), name);
    for (const place of kustomizeNames(resource, graph)) add(place, name);
    for (const { to, writtenAt } of graph.edgesTo(resource)) {
      if (!(to.includes('Secret') && namesItsSecret(resource))) add(writtenAt, name);
    }
    if (resource.type === 'Service') for (const host of routedHosts(resource, graph)) add(host, name);
  }
  return { status: 'edits', edits: [...edits.values()] };
}

/** The same object in every set that includes its file. */
function everywhere(resource: Resource, graph: ResourceGraph): Resource[] {
  const start = writtenRoot(resource)?.span.start;
  return graph.inFile(resource.uri).filter((other) => writtenRoot(other)?.span.start === start);
}

/** The hosts for which VirtualServices route, where they are this Service. */
function* routedHosts(service: Resource, graph: ResourceGraph): Generator<SourceNode> {
  for (const route of graph.near(service, VIRTUAL_SERVICE)) {
    for (const item of route.root.find('spec', 'hosts')?.items ?? []) {
      const host = serviceHost(item.text() ?? '', route);
      if (host?.name === service.name && namespacesAgree(host?.namespace, service.namespace)) yield item;
    }
  }
}

/** Its Secret has a name of its own, so that references to the Secret do not follow. */
function namesItsSecret({ root, type }: Resource): boolean {
  if (type === 'Secret') return false;
  return root.find('spec', 'target', 'name') !== undefined || root.find('spec', 'secretName') !== undefined;
}

/** The name as its file writes it, before an overlay adds a prefix. */
function writtenName({ root }: Resource): string | undefined {
  const node = root.find('metadata', 'name');
  return node?.text() === undefined ? undefined : node.source.slice(node.span).replace(/^(["'])(.*)\1$/, '$2');
}

function isRenamable(resource: Resource): boolean {
  const name = writtenName(resource);
  const node = resource.root.find('metadata', 'name');
  return resource.apiVersion !== '' && !!name && node !== undefined && nameSpan(node, name) !== undefined;
}

/** What of a value's text is the name: all of it, its first part before a dot, or its last behind a slash. */
function nameSpan(node: SourceNode, name: string): Span | undefined {
  const text = node.source.slice(node.span);
  const quote = /^["']/.exec(text)?.[0] ?? '';
  const inner = quote === '' ? text : text.slice(1, -1);
  const at =
    inner === name || inner.startsWith(`${name}.`) ? 0 : inner.endsWith(`/${name}`) ? inner.length - name.length : -1;
  if (at < 0) return undefined;
  const start = node.span.start + quote.length + at;
  return { start, end: start + name.length };
}
