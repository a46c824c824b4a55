import { definePattern } from '../../rules/pattern.ts';
import { folderOf } from '../../workspace/documentSets.ts';
import { applyChart } from './applyChart.ts';
import { CHART, dependenciesOf, valuesOf } from './chart.ts';
import { templatesWithoutChart } from './templatesWithoutChart.ts';

export const pattern = definePattern({
  id: 'helm',
  title: 'Helm chart',
  category: 'infrastructure',
  summary: 'Packages the manifests of an application as templates with values, versioned and installed as one release.',
  roles: {
    chart: { title: 'chart', required: true },
    templates: { title: 'template', required: true },
    values: { title: 'values', required: true },
    dependency: { title: 'dependency', required: false },
  },
  *recognize(graph) {
    for (const chart of graph.all(CHART)) {
      const folder = folderOf(chart);
      const templates = graph
        .near(chart)
        .filter(({ uri, apiVersion }) => apiVersion !== '' && uri.startsWith(`${folder}templates/`));
      const files = [...new Map(templates.map((template) => [template.uri, template])).values()];
      const values = valuesOf(chart, graph);
      const dependencies = dependenciesOf(chart);
      // A library and a chart that only joins others have no templates of their own, and a library no values.
      const isLibrary = chart.root.text('type') === 'library';
      yield {
        pattern: 'helm',
        name: chart.name ?? lastSegment(folder),
        participants: [
          { role: 'chart', resource: chart, at: chart.root.find('name') ?? chart.root },
          ...files.map((resource) => ({
            role: 'templates',
            resource,
            at: resource.root.find('kind') ?? resource.root,
          })),
          ...(values ? [{ role: 'values', resource: values, at: values.root }] : []),
          ...dependencies.flatMap(({ node }) => {
            const at = node.find('name');
            return at ? [{ role: 'dependency', resource: chart, at }] : [];
          }),
        ],
        missing: [
          ...(files.length > 0 || dependencies.length > 0 || isLibrary ? [] : ['templates']),
          ...(values || isLibrary ? [] : ['values']),
        ],
      };
    }
    for (const { folder, templates, values } of templatesWithoutChart(graph)) {
      yield {
        pattern: 'helm',
        name: lastSegment(folder),
        participants: [
          ...templates.map((resource) => ({ role: 'templates', resource, at: resource.root })),
          { role: 'values', resource: values, at: values.root },
        ],
        missing: ['chart'],
      };
    }
  },
  apply: applyChart,
});

/** The name of a folder that is written with its trailing slash. */
function lastSegment(folder: string): string {
  return folder.slice(folder.lastIndexOf('/', folder.length - 2) + 1, -1);
}
