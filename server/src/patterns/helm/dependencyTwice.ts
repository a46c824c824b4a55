import { defineRule } from '../../rules/contract.ts';
import { CHART, type Dependency, dependenciesOf } from './chart.ts';

/** Two dependencies that are called alike would share their values; Helm loads no such chart. */
export const rule = defineRule({
  id: 'helm/dependency-twice',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:dependencies'],
  *check(chart) {
    const seen = new Map<string, Dependency>();
    for (const dependency of dependenciesOf(chart)) {
      const { key, node } = dependency;
      // A template may write the alias that tells them apart.
      if (key === undefined || (dependency.alias === undefined && !node.lacks('alias'))) continue;
      const earlier = seen.get(key);
      if (!earlier) {
        seen.set(key, dependency);
        continue;
      }
      yield {
        at: node.find('alias') ?? node.find('name') ?? node,
        message: `Two dependencies of this chart are called ${key}; give one of them an alias.`,
        related: [
          { at: earlier.node.find('alias') ?? earlier.node.find('name') ?? earlier.node, message: `The other ${key}` },
        ],
      };
    }
  },
});
