import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

/** Of two variables with one name the last counts, and a server-side apply refuses both. */
export const rule = defineRule({
  id: 'reliability/duplicate-variable',
  severity: 'warning',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: [
    'kube-linter:duplicate-env-var',
    'kube-score:environment-variable-key-duplication',
    'kubescape:duplicate-env-var',
  ],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const first = new Map<string, SourceNode>();
      for (const variable of entry.container.find('env')?.items ?? []) {
        const name = variable.find('name');
        const written = name?.text();
        if (!name || written === undefined || variable.conditional) continue;
        const earlier = first.get(written);
        first.set(written, variable);
        if (!earlier) continue;
        yield {
          at: name,
          message: `${written} is set twice in ${containerName(entry)}, and only this value counts.`,
          related: [{ at: earlier.find('name')!, message: 'This one has no effect.' }],
          fixes: [{ title: `Remove the first ${written}`, safe: true, edits: () => [removeEntry(earlier)] }],
        };
      }
    }
  },
});
