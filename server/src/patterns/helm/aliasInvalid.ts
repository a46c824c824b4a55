import { defineRule } from '../../rules/contract.ts';
import { CHART, dependenciesOf } from './chart.ts';

/** The alias is a key of the values and the name of a chart; Helm allows letters, digits, dashes and underscores. */
export const rule = defineRule({
  id: 'helm/alias-invalid',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:dependencies'],
  *check(chart) {
    for (const { node, alias } of dependenciesOf(chart)) {
      const at = node.find('alias');
      if (!at || alias === undefined || alias === '' || /^[a-zA-Z0-9_-]+$/.test(alias)) continue;
      yield { at, message: `The alias ${alias} holds characters that Helm does not allow.` };
    }
  },
});
