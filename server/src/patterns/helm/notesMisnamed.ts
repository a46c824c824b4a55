import { defineRule } from '../../rules/contract.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';

/** Helm prints NOTES.txt after an installation, and takes every other text in templates for a manifest. */
export const rule = defineRule({
  id: 'helm/notes-misnamed',
  severity: 'error',
  profile: 'recommended',
  types: ['helm/Template'],
  equivalents: ['helm:template'],
  *check({ uri, root }, graph) {
    const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
    if (!/\.txt$/i.test(name) || name.endsWith('NOTES.txt') || name.startsWith('_')) return;
    if (!chartAt(graph, uri)) return;
    const { source } = root;
    const text = source.text.trimStart();
    const line = source.lineSpan(source.lineAt(source.text.length - text.length));
    // A text that is a manifest is installed as one.
    if (/^(?:apiVersion|kind):/m.test(source.text)) return;
    yield {
      at: { source, span: line },
      message: `Helm takes ${name} for a manifest and cannot install it; what it prints after an installation is called NOTES.txt.`,
    };
  },
});
