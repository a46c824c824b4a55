import { defineRule } from '../../rules/contract.ts';
import { folderOf } from '../../workspace/documentSets.ts';
import { CHART, dependenciesOf } from './chart.ts';

/** A dependency that lies beside the chart is copied from its folder by `helm dependency update`. */
export const rule = defineRule({
  id: 'helm/dependency-folder-missing',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:dependencies'],
  *check(chart, graph) {
    for (const { node, name } of dependenciesOf(chart)) {
      const repository = node.find('repository');
      const written = repository?.text()?.match(/^file:\/\/(\.{1,2}\/.+|[^/].*)$/)?.[1];
      if (!repository || written === undefined) continue;
      const folder = new URL(`${written.replace(/\/$/, '')}/`, folderOf(chart)).href;
      const charts = graph.all(CHART).filter((other) => other.uri !== chart.uri);
      if (charts.some(({ uri }) => uri === `${folder}Chart.yaml`)) continue;
      // What is outside of everything that was read may well be there.
      if (!charts.some(({ uri }) => uri.startsWith(parentOf(folder))) && !folder.startsWith(folderOf(chart))) continue;
      yield {
        at: repository,
        message: `There is no chart in ${written}, where ${name === undefined ? 'this dependency' : `dependency ${name}`} is to come from.`,
      };
    }
  },
});

function parentOf(folder: string): string {
  return folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
}
