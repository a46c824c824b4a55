import { SECRET_TYPES } from '../../workspace/edges/configuration.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { Lookup, ResourceGraph } from '../../workspace/resourceGraph.ts';

const MAKERS = ['cert-manager.io/Certificate', 'external-secrets.io/ExternalSecret'];

/** The Secret of that name, or the object that makes it under that name. */
export function secretNamed(name: string, namespace: string | undefined, from: Resource, graph: ResourceGraph): Lookup {
  const target = graph.lookup(from, SECRET_TYPES, name, namespace);
  // A Certificate's own name says nothing about its Secret's, but then another object is missing, and not for certain.
  if (target.status !== 'missing') return target;
  for (const maker of graph.sameNamespace(from, MAKERS, namespace)) {
    const field = maker.type === MAKERS[0] ? ['spec', 'secretName'] : ['spec', 'target', 'name'];
    if (maker.root.text(...field) === name) return { status: 'found', resource: maker };
    if (maker.root.find(...field)?.kind === 'unknown') return { status: 'unknown' };
  }
  return target;
}
