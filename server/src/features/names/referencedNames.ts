import { EDGE_FINDERS } from '../../workspace/edges/edgeFinders.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { MARKER } from '../yamlCursor.ts';
import type { KnownName, NameFinder } from './nameFinder.ts';

/** Every name that an edge finder would follow from here. */
export const referencedNames: NameFinder = {
  path: /./,
  *find({ graph, resource }) {
    const offered = new Set<string>();
    for (const finder of EDGE_FINDERS) {
      if (!finder.from.includes(resource.type)) continue;
      for (const { to, writtenAt } of finder.find(resource, graph)) {
        if (!String(writtenAt.scalar).includes(MARKER)) continue;
        const namespace = writtenAt.parent?.text('namespace') ?? resource.namespace;
        // What belongs to the whole cluster is seen from every namespace.
        const seen = graph
          .near(resource, ...to)
          .filter((other) => other.namespace === '' || namespacesAgree(namespace, other.namespace));
        for (const { kind, name, namespace: home } of seen) {
          if (name === undefined || name === MARKER || offered.has(name)) continue;
          offered.add(name);
          yield { value: name, detail: home ? `${kind} in ${home}` : kind } satisfies KnownName;
        }
      }
    }
  },
};
