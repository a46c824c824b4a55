import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { CHART } from './chart.ts';

/** A chart of the old form keeps its dependencies in requirements.yaml and has no type; Helm passes over both here. */
export const rule = defineRule({
  id: 'helm/field-needs-v2',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check({ root }) {
    const version = root.find('apiVersion');
    if (version?.text() !== 'v1') return;
    for (const field of ['dependencies', 'type']) {
      const node = root.find(field);
      if (!node || (node.kind === 'list' && node.items.length === 0 && !node.open)) continue;
      yield {
        at: node.keyPlace,
        message: `${field} is part of a chart with apiVersion v2, and this one has v1.`,
        related: [{ at: version, message: 'apiVersion v1' }],
        fixes: [{ title: 'Set apiVersion to v2', safe: true, edits: () => [replaceValue(version, 'v2')] }],
      };
      return;
    }
  },
});
