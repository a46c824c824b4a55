import { embeddedDocuments } from '../../languages/yaml/embeddedDocuments.ts';
import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';

/** Vector checks its graph before it starts: an input that no source or transform has stops it. */
export const rule = defineRule({
  id: 'logging/component-undefined',
  severity: 'error',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check(resource) {
    const files = vectorFiles(resource);
    if (files.some(({ root }) => root.open || ['sources', 'transforms', 'sinks'].some((part) => root.find(part)?.open)))
      return;
    const parts = files.flatMap((file) => ['sources', 'transforms'].flatMap((part) => file.find(part)?.entries ?? []));
    const names = parts.flatMap(({ key }) => key ?? []);
    // Files of one folder are read together, and others may be mounted beside these.
    if (names.length === 0) return;
    for (const file of files) {
      for (const component of ['transforms', 'sinks'].flatMap((part) => file.find(part)?.entries ?? [])) {
        for (const input of component.find('inputs')?.items ?? []) {
          const written = input.text();
          if (written === undefined || written.includes('*') || written.includes('$')) continue;
          // `route` and `remap` have outputs of their own: `by_level.error`.
          if (names.includes(written) || names.includes(written.split('.')[0]!)) continue;
          const near = nearestName(written, names);
          yield {
            at: input,
            message: `Vector has no source or transform ${written} for ${component.key}, only ${names.join(', ')}.`,
            fixes:
              near && !input.derived
                ? [{ title: `Use ${near}`, safe: false, edits: () => [replaceValue(input, near)] }]
                : [],
          };
        }
      }
    }
  },
});

function vectorFiles({ type, root }: Resource): readonly SourceNode[] {
  if (type !== 'ConfigMap') return [];
  return (root.find('data')?.entries ?? [])
    .filter((entry) => /\.ya?ml$/.test(entry.key ?? '') && /^sinks:/m.test(entry.text() ?? ''))
    .flatMap((entry) => embeddedDocuments(entry))
    .filter((document) => document.find('sinks')?.kind === 'map');
}
