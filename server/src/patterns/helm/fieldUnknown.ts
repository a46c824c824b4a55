import { renameKey } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { CHART } from './chart.ts';

const CHART_FIELDS = [
  'apiVersion',
  'name',
  'version',
  'kubeVersion',
  'description',
  'type',
  'keywords',
  'home',
  'sources',
  'dependencies',
  'maintainers',
  'icon',
  'appVersion',
  'deprecated',
  'annotations',
  // Of charts for Helm 2, which later versions still read.
  'condition',
  'tags',
  'engine',
  'tillerVersion',
];
const DEPENDENCY_FIELDS = ['name', 'version', 'repository', 'condition', 'tags', 'enabled', 'import-values', 'alias'];
const MAINTAINER_FIELDS = ['name', 'email', 'url'];

/** Helm reads a Chart.yaml without a word about fields that it does not know, so a slip of the pen has no effect. */
export const rule = defineRule({
  id: 'helm/field-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check({ root }) {
    yield* unknownFields(root, CHART_FIELDS);
    for (const item of root.find('dependencies')?.items ?? []) yield* unknownFields(item, DEPENDENCY_FIELDS);
    for (const item of root.find('maintainers')?.items ?? []) yield* unknownFields(item, MAINTAINER_FIELDS);
  },
});

function* unknownFields(map: SourceNode, known: readonly string[]) {
  for (const entry of map.kind === 'map' ? map.entries : []) {
    const field = entry.key;
    if (field === undefined || field === '' || known.includes(field) || field.startsWith('x-')) continue;
    const near = nearestName(
      field,
      known.filter((name) => !map.find(name)),
    );
    yield {
      at: entry.keyPlace,
      message:
        near === undefined
          ? `Helm knows no field ${field} here, so it has no effect.`
          : `Helm knows no field ${field} here; the field is called ${near}.`,
      ...(near === undefined
        ? { strict: true as const }
        : { fixes: [{ title: `Rename it to ${near}`, safe: true, edits: () => renameKey(entry, near) }] }),
    };
  }
}
