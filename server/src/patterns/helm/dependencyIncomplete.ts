import { defineRule } from '../../rules/contract.ts';
import { CHART, dependenciesOf } from './chart.ts';

/** Helm finds a dependency in its repository by name and version. */
export const rule = defineRule({
  id: 'helm/dependency-incomplete',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:dependencies'],
  *check(chart) {
    for (const { node, name } of dependenciesOf(chart)) {
      const first = node.entries[0];
      if (node.kind !== 'map' || !first) continue;
      if (node.lacks('name') || name === '') {
        yield { at: first.keyPlace, message: 'This dependency has no name, so Helm cannot find it.' };
      } else if (name !== undefined && node.lacks('version') && node.text('repository')) {
        yield {
          at: node.find('name') ?? first.keyPlace,
          message: `The dependency ${name} has no version, so Helm cannot choose one from its repository.`,
        };
      }
    }
  },
});
