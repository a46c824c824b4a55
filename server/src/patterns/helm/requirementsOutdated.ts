import { defineRule } from '../../rules/contract.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';

/** Helm still reads requirements.yaml beside a chart of the new form, in place of what Chart.yaml says, and warns each time. */
export const rule = defineRule({
  id: 'helm/requirements-outdated',
  severity: 'warning',
  profile: 'recommended',
  types: ['helm/Requirements'],
  equivalents: ['helm:dependencies'],
  *check({ uri, root }, graph) {
    const chart = chartAt(graph, uri);
    const dependencies = root.find('dependencies');
    const version = chart?.resource.root.find('apiVersion');
    if (!chart || uri !== `${chart.folder}requirements.yaml` || !dependencies || version?.text() !== 'v2') return;
    const own = chart.resource.root.find('dependencies');
    yield {
      at: dependencies.keyPlace,
      message: own
        ? 'These dependencies take the place of those in Chart.yaml, where Helm expects them.'
        : 'The dependencies of a chart with apiVersion v2 belong into its Chart.yaml.',
      related: [
        own
          ? { at: own.keyPlace, message: 'The dependencies that do not count' }
          : { at: version, message: 'apiVersion v2' },
      ],
    };
  },
});
