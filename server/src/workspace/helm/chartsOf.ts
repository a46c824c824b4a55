import { templateOf } from '../../languages/helm/templateOf.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { folderOf } from '../documentSets.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { Chart, ChartDependency, ChartParent, ChartTemplate, ImportedValues, ValuesFile } from './chart.ts';

/** Every chart of the workspace, subcharts too, by folder. Computed once per graph. */
export function chartsOf(graph: ResourceGraph): ReadonlyMap<string, Chart> {
  return graph.memo('helm charts', () => readCharts(graph));
}

/** The innermost chart whose folder holds the file. */
export function chartAt(graph: ResourceGraph, uri: string): Chart | undefined {
  const charts = chartsOf(graph);
  for (let folder = folderOf({ uri }); folder.length > 1; folder = parentFolder(folder)) {
    const chart = charts.get(folder);
    if (chart) return chart;
  }
  return undefined;
}

/** The template file of a chart that has this URI. */
export function chartTemplateAt(chart: Chart, uri: string): ChartTemplate | undefined {
  return chart.templates.find((template) => template.uri === uri);
}

/** A chart while its relations to others are found out. */
interface MutableChart extends Chart {
  otherValues: ValuesFile[];
  templates: ChartTemplate[];
  dependencies: ChartDependency[];
  parents: ChartParent[];
  values: ValuesFile | undefined;
  schema: SourceNode | undefined;
  requirements?: SourceNode;
}

function readCharts(graph: ResourceGraph): ReadonlyMap<string, Chart> {
  const charts = new Map<string, MutableChart>();
  for (const resource of graph.all('helm/Chart')) {
    const folder = folderOf(resource);
    charts.set(folder, {
      folder,
      name: resource.root.text('name'),
      isLibrary: resource.root.text('type') === 'library',
      resource,
      values: undefined,
      otherValues: [],
      schema: undefined,
      templates: [],
      dependencies: [],
      parents: [],
    });
  }
  for (const resource of graph.all('helm/Values', 'helm/ValuesSchema', 'helm/Template', 'helm/Requirements')) {
    const chart = owner(charts, resource.uri);
    if (chart) addFile(chart, resource);
  }
  for (const chart of charts.values()) {
    chart.templates.sort((a, b) => (a.uri < b.uri ? -1 : 1));
    chart.otherValues.sort((a, b) => (a.uri < b.uri ? -1 : 1));
    chart.dependencies = [...dependenciesOf(chart, charts)];
  }
  for (const chart of charts.values()) {
    for (const dependency of chart.dependencies) {
      const child = dependency.chart && charts.get(dependency.chart.folder);
      child?.parents.push({ chart, dependency });
    }
  }
  return charts;
}

function owner(charts: ReadonlyMap<string, MutableChart>, uri: string): MutableChart | undefined {
  for (let folder = folderOf({ uri }); folder.length > 1; folder = parentFolder(folder)) {
    const chart = charts.get(folder);
    if (chart) return chart;
  }
  return undefined;
}

function addFile(chart: MutableChart, resource: Resource): void {
  const { type, uri, root } = resource;
  const inside = uri.slice(chart.folder.length);
  if (type === 'helm/Values') {
    const file = { uri, root, resource };
    if (inside === 'values.yaml') chart.values = file;
    else chart.otherValues.push(file);
  } else if (type === 'helm/ValuesSchema') {
    if (inside === 'values.schema.json') chart.schema = root;
  } else if (type === 'helm/Requirements') {
    if (inside === 'requirements.yaml') chart.requirements = root;
  } else if (inside.startsWith('templates/')) {
    const isPartial = uri.slice(uri.lastIndexOf('/') + 1).startsWith('_');
    const { source } = root;
    chart.templates.push({ uri, source, resource, template: templateOf(source), isPartial });
  }
}

function* dependenciesOf(chart: MutableChart, charts: ReadonlyMap<string, Chart>): Generator<ChartDependency> {
  const inCharts = [...charts.values()].filter(
    ({ folder }) => folder.startsWith(`${chart.folder}charts/`) && parentFolder(folder) === `${chart.folder}charts/`,
  );
  const declared = [chart.resource.root.find('dependencies'), chart.requirements?.find('dependencies')];
  const found = new Set<Chart>();
  for (const node of declared.flatMap((list) => list?.items ?? [])) {
    const name = node.text('name');
    if (name === undefined) continue;
    const repository = node.text('repository');
    const alias = node.text('alias');
    const local =
      inCharts.find((candidate) => candidate.name === name) ??
      (repository?.startsWith('file://') ? charts.get(localFolder(chart.folder, repository)) : undefined);
    // A chart that depends on itself, by whatever way, is no chart that Helm can load.
    const child = local === chart ? undefined : local;
    if (child) found.add(child);
    yield {
      name,
      alias,
      key: alias ?? name,
      version: node.text('version'),
      repository,
      conditions: (node.text('condition') ?? '').split(',').flatMap((path) => path.trim() || []),
      tags: (node.find('tags')?.items ?? []).flatMap((tag) => tag.text() ?? []),
      importValues: [...importedValues(node)],
      node,
      chart: child,
    };
  }
  for (const child of inCharts) {
    if (found.has(child) || child.name === undefined) continue;
    yield {
      name: child.name,
      alias: undefined,
      key: child.name,
      version: undefined,
      repository: undefined,
      conditions: [],
      tags: [],
      importValues: [],
      node: undefined,
      chart: child,
    };
  }
}

function* importedValues(dependency: SourceNode): Generator<ImportedValues> {
  for (const node of dependency.find('import-values')?.items ?? []) {
    const name = node.kind === 'scalar' ? node.text() : undefined;
    if (name !== undefined) yield { child: ['exports', name], parent: [], node };
    const child = node.text('child');
    const parent = node.text('parent');
    if (child === undefined || parent === undefined) continue;
    yield { child: child.split('.'), parent: parent === '.' ? [] : parent.split('.'), node };
  }
}

function localFolder(folder: string, repository: string): string {
  const path = repository.slice('file://'.length);
  try {
    return new URL(path.endsWith('/') ? path : `${path}/`, folder).href;
  } catch {
    // No path that can be resolved is the path of no chart in the workspace.
    return '';
  }
}

function parentFolder(folder: string): string {
  return folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
}
