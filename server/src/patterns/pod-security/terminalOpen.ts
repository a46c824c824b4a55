import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, POD_OWNERS } from '../../rules/parts/containers.ts';

/** An open input lets whoever may attach type into the process. */
export const rule = defineRule({
  id: 'pod-security/terminal-open',
  severity: 'information',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: ['gatekeeper:disallowinteractive'],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      for (const field of ['stdin', 'tty']) {
        const node = entry.container.find(field);
        if (node?.boolean() !== true) continue;
        yield {
          at: node,
          message: `${field} is kept open for ${containerName(entry)}.`,
          fixes: [{ title: `Remove ${field}`, safe: false, edits: () => [removeEntry(node)] }],
        };
      }
    }
  },
});
