import type { NameFinder } from './nameFinder.ts';

/** The listeners of the Gateway that a route attaches to. */
export const listenerNames: NameFinder = {
  path: /(?:^|\.)parentRefs\[\]\.sectionName$/,
  *find({ graph, node, resource }) {
    const name = node.parent?.text('name');
    if (name === undefined) return;
    const namespace = node.parent?.text('namespace') ?? resource.namespace;
    const target = graph.lookup(resource, ['gateway.networking.k8s.io/Gateway'], name, namespace);
    if (target.status !== 'found') return;
    for (const listener of target.resource.root.find('spec', 'listeners')?.items ?? []) {
      const value = listener.text('name');
      if (value !== undefined) yield { value, detail: `listener of ${name}` };
    }
  },
};
