import { defineRule } from '../../rules/contract.ts';
import { CHART, dependenciesOf } from './chart.ts';
import { isVersionRange } from './versionRange.ts';

/** `helm dependency update` stops at a version that it cannot read as a range. */
export const rule = defineRule({
  id: 'helm/dependency-range-invalid',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:dependencies'],
  *check(chart) {
    for (const { node, name } of dependenciesOf(chart)) {
      const version = node.find('version');
      const range = version?.text();
      if (!version || range === undefined || range.trim() === '' || isVersionRange(range)) continue;
      yield {
        at: version,
        message: `Helm cannot read the version ${range} of ${name === undefined ? 'a dependency' : `dependency ${name}`}.`,
      };
    }
  },
});
