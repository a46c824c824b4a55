import { defineRule } from '../../rules/contract.ts';
import { folderOf } from '../../workspace/documentSets.ts';
import { CHART, dependenciesOf } from './chart.ts';

/** A chart in `charts/` is installed, whether its owner says so or not. */
export const rule = defineRule({
  id: 'helm/dependency-undeclared',
  severity: 'warning',
  profile: 'strict',
  types: [CHART],
  equivalents: ['helm:dependencies'],
  *check(chart, graph) {
    const { root } = chart;
    const at = root.find('name');
    const list = root.find('dependencies');
    // Charts of the first version declare theirs in a file of its own.
    if (!at || root.text('apiVersion') === 'v1' || list?.open || (!list && !root.lacks('dependencies'))) return;
    const declared = new Set(dependenciesOf(chart).map(({ name }) => name));
    const folder = `${folderOf(chart)}charts/`;
    for (const other of graph.all(CHART)) {
      if (!other.uri.startsWith(folder) || other.uri.slice(folder.length).split('/').length !== 2) continue;
      if (other.name === undefined || declared.has(other.name)) continue;
      yield {
        at,
        message: `Chart ${chart.name ?? ''} brings the chart ${other.name} in its charts folder, which its dependencies do not name.`,
        related: [{ at: other.root.find('name') ?? other.root, message: `Chart ${other.name}.` }],
      };
    }
  },
});
