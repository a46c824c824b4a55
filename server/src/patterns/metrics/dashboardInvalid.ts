import { scalarText } from '../../languages/yaml/scalarText.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** Grafana's sidecar writes the file, and Grafana drops what is no JSON: only its log says so. */
export const rule = defineRule({
  id: 'metrics/dashboard-invalid',
  severity: 'error',
  profile: 'recommended',
  types: ['ConfigMap', 'grafana.integreatly.org/GrafanaDashboard'],
  *check(resource) {
    const { root, type } = resource;
    const isDashboard = type !== 'ConfigMap' || root.find('metadata', 'labels', 'grafana_dashboard') !== undefined;
    if (!isDashboard) return;
    const files =
      type === 'ConfigMap'
        ? (root.find('data')?.entries ?? []).filter(({ key }) => key?.endsWith('.json'))
        : [root.find('spec', 'json')];
    for (const file of files) {
      const text = file && scalarText(file);
      if (!file || !text || text.text.includes('{{ .') || text.text.trim() === '') continue;
      const fault = jsonFault(text.text);
      if (!fault) continue;
      const end = Math.min(text.text.length, fault.offset + 1);
      const start = Math.max(0, Math.min(fault.offset, end - 1));
      yield {
        at: { source: file.source, span: text.spanOf({ start, end }) },
        message: `Grafana does not load ${file.key === 'json' ? 'this dashboard' : `${file.key} of ${describe(resource)}`}: it is no JSON from here on.`,
      };
    }
  },
});

/** Where JSON breaks off: the shortest beginning that no JSON begins with. */
function jsonFault(text: string): { readonly offset: number } | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /position (\d+)/.exec(error.message)?.[1];
    return { offset: position === undefined ? text.trimEnd().length - 1 : Number(position) };
  }
}
