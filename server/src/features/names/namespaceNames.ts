import { MARKER } from '../yamlCursor.ts';
import type { NameFinder } from './nameFinder.ts';

/** Namespaces that the workspace defines or writes to. */
export const namespaceNames: NameFinder = {
  path: /(?:^|\.)(?:namespace|targetNamespace|matchNames\[\]|namespaces\[\])$|matchLabels\.kubernetes\.io\/metadata\.name$/,
  *find({ graph }) {
    const uses = graph.memo('namespaces of the workspace', () => {
      const found = new Map<string, string>();
      for (const { name } of graph.all('Namespace')) if (name !== undefined) found.set(name, 'Namespace');
      for (const { namespace } of graph.all())
        if (namespace && !found.has(namespace)) found.set(namespace, 'used here');
      return found;
    });
    for (const [value, detail] of uses) if (value !== MARKER) yield { value, detail };
  },
};
