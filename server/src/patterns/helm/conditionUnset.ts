import { defineRule } from '../../rules/contract.ts';
import { folderOf } from '../../workspace/documentSets.ts';
import { CHART, dependenciesOf, valuesOf } from './chart.ts';
import { words } from './hooks.ts';

/** Helm passes over a condition that stands in no values file, and installs the dependency whatever was meant. */
export const rule = defineRule({
  id: 'helm/condition-unset',
  severity: 'warning',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:dependencies'],
  *check(chart, graph) {
    const values = valuesOf(chart, graph);
    if (!values || folderOf(values) !== folderOf(chart)) return;
    for (const { node, key } of dependenciesOf(chart)) {
      const condition = node.find('condition');
      const written = condition?.text();
      if (!condition || written === undefined || written === '' || key === undefined) continue;
      const paths = words(written).filter((path) => path !== '');
      const found = paths.flatMap((path) => values.root.find(...path.split('.')) ?? []);
      const wrong = found.find((value) => value.kind !== 'unknown' && typeof value.scalar !== 'boolean');
      if (wrong && found[0] === wrong && wrong.scalar !== null) {
        yield {
          at: condition,
          message: `The condition ${written} of dependency ${key} is no true or false in values.yaml, so Helm passes over it.`,
          related: [{ at: wrong.keyPlace, message: 'The value of the condition' }],
        };
      }
      if (found.length > 0 || !paths.every((path) => values.root.lacks(...path.split('.')))) continue;
      const owns = paths.some((path) => path.startsWith(`${key}.`) || path.startsWith('global.'));
      yield {
        at: condition,
        message: `Nothing in values.yaml is called ${paths.join(' or ')}, so the condition of dependency ${key} has no effect.`,
        // The chart that is depended on may bring the value, and its users may be told to set it.
        ...(owns ? { strict: true as const } : {}),
      };
    }
  },
});
