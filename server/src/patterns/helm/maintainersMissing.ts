import { defineRule } from '../../rules/contract.ts';
import { CHART, chartName, placeOfMissing } from './chart.ts';

/** Whoever uses a chart should know whom to ask. */
export const rule = defineRule({
  id: 'helm/maintainers-missing',
  severity: 'information',
  profile: 'strict',
  types: [CHART],
  *check(chart) {
    const maintainers = chart.root.find('maintainers');
    const isEmpty = maintainers?.kind === 'list' && maintainers.items.length === 0 && !maintainers.open;
    if (!isEmpty && !chart.root.lacks('maintainers')) return;
    yield {
      at: maintainers?.keyPlace ?? placeOfMissing(chart.root),
      message: `The Chart.yaml of ${chartName(chart)} names no maintainer.`,
    };
  },
});
