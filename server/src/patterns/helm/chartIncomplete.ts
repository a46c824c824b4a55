import { addEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Fix } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { CHART, chartName, placeOfMissing } from './chart.ts';

/** What every chart has; Helm refuses to load one without. */
const REQUIRED = ['apiVersion', 'name', 'version'];

/** Helm loads no chart that lacks its API version, name or version. */
export const rule = defineRule({
  id: 'helm/chart-incomplete',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check(chart) {
    for (const field of REQUIRED.filter((name) => isMissing(chart.root, name))) {
      const present = chart.root.find(field);
      yield {
        at: present?.keyPlace ?? placeOfMissing(chart.root),
        message: `The Chart.yaml of ${chartName(chart)} has no ${field}, so Helm does not load it.`,
        ...(field === 'apiVersion' && !present ? { fixes: [addApiVersion(chart.root)] } : {}),
      };
    }
  },
});

function isMissing(root: SourceNode, field: string): boolean {
  const node = root.find(field);
  return root.lacks(field) || (node?.kind === 'scalar' && node.scalar === '');
}

function addApiVersion(root: SourceNode): Fix {
  return { title: 'Add apiVersion: v2', safe: true, edits: () => [addEntry(root, 'apiVersion', 'v2')] };
}
