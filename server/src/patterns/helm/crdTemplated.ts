import { templateOf } from '../../languages/helm/templateOf.ts';
import { defineRule } from '../../rules/contract.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';

/** Actions that only Helm would know; the texts of a definition may speak of other templates. */
const OF_HELM = /\.(?:Values|Release|Chart|Capabilities)\b|\b(?:include|template) "/;

/** Helm applies what lies in crds/ as it stands, so that a template there is sent to the cluster. */
export const rule = defineRule({
  id: 'helm/crd-templated',
  severity: 'error',
  profile: 'recommended',
  types: ['helm/CrdFile'],
  equivalents: ['helm:crds'],
  *check({ uri, root }, graph) {
    const chart = chartAt(graph, uri);
    if (!chart || !uri.startsWith(`${chart.folder}crds/`)) return;
    const { source } = root;
    const action = templateOf(source).actions.find(({ start, end }) => OF_HELM.test(source.text.slice(start, end)));
    if (!action) return;
    yield {
      at: { source, span: { start: action.start, end: action.end } },
      message: `Helm renders nothing in the folder crds: ${source.slice(action)} is sent to the cluster as it stands.`,
    };
  },
});
