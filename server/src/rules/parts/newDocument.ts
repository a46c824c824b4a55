import { type Document, parseDocument, stringify } from 'yaml';
import type { Resource } from '../../workspace/resource.ts';

/** The document of a resource with changes, its comments and order kept: how a second version of a workload is written. */
export function copyOf(resource: Resource, change: (copy: Document) => void): string {
  const { source, span } = resource.root;
  const lineStart = source.lineSpan(source.lineAt(span.start)).start;
  const copy = parseDocument(source.text.slice(lineStart, span.end));
  change(copy as unknown as Document);
  return copy.toString({ lineWidth: 0 });
}

/** A file of new documents, in the order given. */
export function documents(...texts: readonly (string | object)[]): string {
  return texts
    .map((text) => (typeof text === 'string' ? text : stringify(text, { lineWidth: 0, version: '1.1' })))
    .join('---\n');
}

/** URI of a new file beside the one of a resource. */
export function besideOf(resource: Resource, name: string): string {
  return `${resource.uri.slice(0, resource.uri.lastIndexOf('/') + 1)}${name}`;
}

/** `metadata` of a new object in the namespace of another one. */
export function metadataOf(name: string, resource: Resource): { name: string; namespace?: string } {
  return resource.namespace === undefined ? { name } : { name, namespace: resource.namespace };
}
