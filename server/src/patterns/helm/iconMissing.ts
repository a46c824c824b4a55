import { defineRule } from '../../rules/contract.ts';
import { CHART, chartName, placeOfMissing } from './chart.ts';

/** Catalogs of charts show the icon; `helm lint` recommends one. */
export const rule = defineRule({
  id: 'helm/icon-missing',
  severity: 'information',
  profile: 'strict',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check(chart) {
    if (chart.root.text('type') === 'library' || !chart.root.lacks('icon')) return;
    yield { at: placeOfMissing(chart.root), message: `The Chart.yaml of ${chartName(chart)} has no icon.` };
  },
});
