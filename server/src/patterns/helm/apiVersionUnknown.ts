import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { CHART } from './chart.ts';

/** Helm knows two forms of Chart.yaml; one that is written for neither cannot be installed. */
export const rule = defineRule({
  id: 'helm/api-version-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check({ root }) {
    const node = root.find('apiVersion');
    const written = node?.text();
    // v3 is the form that Helm 4 tries out.
    if (!node || written === undefined || ['', 'v1', 'v2', 'v3'].includes(written)) return;
    yield {
      at: node,
      message: `The apiVersion of a chart is v2 (or v1 for Helm 2), not ${written}.`,
      fixes: [{ title: 'Set apiVersion to v2', safe: true, edits: () => [replaceValue(node, 'v2')] }],
    };
  },
});
