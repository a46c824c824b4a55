import { chartFieldsAt } from '../../languages/helm/chartFields.ts';
import type { Place } from '../../text/sourceNode.ts';
import type { Chart } from '../../workspace/helm/chart.ts';
import { chartAt, chartsOf } from '../../workspace/helm/chartsOf.ts';
import { valueKeys } from '../../workspace/helm/chartValues.ts';
import type { Completion, Cursor, Explanation } from '../languageFeatures.ts';
import { nodeAt } from '../nodeAt.ts';
import { yamlCursor } from '../yamlCursor.ts';
import { holds } from './helmPlace.ts';

/** Fields of `Chart.yaml` and what may stand in them: admitted values, charts of the workspace, values for conditions. */
export function* chartFileCompletions({ file, offset, snapshot }: Cursor): Generator<Completion> {
  const { source } = file.parsed;
  const chart = chartAt(snapshot.graph, source.uri);
  const cursor = chart?.resource.uri === source.uri ? yamlCursor(source.text, offset) : undefined;
  if (!chart || !cursor) return;
  const { path, span } = cursor;
  const lead = cursor.needsSpace ? ' ' : '';
  if (cursor.role === 'value') {
    const field = chartFieldsAt(path.slice(0, -1)).find(({ name }) => name === path.at(-1));
    for (const label of field?.values ?? []) yield { label, kind: 'value', newText: lead + label, span };
    if (path[0] !== 'dependencies' || path.length !== 3) return;
    for (const other of chartsOf(snapshot.graph).values()) {
      if (other === chart || other.name === undefined) continue;
      const label =
        path[2] === 'name' ? other.name : path[2] === 'repository' ? folderAddress(chart, other) : undefined;
      if (label !== undefined)
        yield { label, kind: 'reference', detail: `chart ${other.name}`, newText: lead + label, span };
    }
    if (path[2] === 'condition') {
      for (const key of valueKeys(chart, []).keys()) {
        if (!valueKeys(chart, [key]).has('enabled')) continue;
        const label = `${key}.enabled`;
        yield { label, kind: 'value', newText: lead + label, span };
      }
    }
    return;
  }
  const written = new Set(cursor.map?.entries.map(({ key }) => key) ?? []);
  for (const [index, { name, documentation, isRequired, items, isList }] of chartFieldsAt(path).entries()) {
    if (written.has(name)) continue;
    const newText = `${cursor.startsItem ? '- ' : ''}${name}${cursor.hasColon ? '' : items || isList ? ':' : ': '}`;
    yield {
      label: name,
      kind: 'field',
      ...(isRequired ? { detail: 'required' } : {}),
      documentation: () => documentation,
      newText,
      span,
      sortText: `${isRequired ? 0 : 1}${String(index).padStart(2, '0')}`,
    };
  }
}

/** What a field of `Chart.yaml` means. */
export function chartFileExplanation({ file, offset, snapshot }: Cursor): Explanation | undefined {
  const { source, roots } = file.parsed;
  const node = chartAt(snapshot.graph, source.uri)?.resource.uri === source.uri ? nodeAt(roots, offset) : undefined;
  const span = node?.keySpan;
  if (!node || !span || !holds(span, offset)) return undefined;
  const field = chartFieldsAt(node.path.slice(0, -1)).find(({ name }) => name === node.key);
  if (!field) return undefined;
  return { markdown: `**\`${field.name}\`**${field.isRequired ? ' · required' : ''}\n\n${field.documentation}`, span };
}

/** From the entry of a dependency to its `Chart.yaml`, where the workspace holds it. */
export function* dependencyDefinitions({ file, offset, snapshot }: Cursor): Generator<Place> {
  const chart = chartAt(snapshot.graph, file.parsed.source.uri);
  for (const { node, chart: child } of chart?.dependencies ?? []) {
    if (!child || node?.source.uri !== file.parsed.source.uri) continue;
    for (const field of ['name', 'repository', 'alias', 'version']) {
      const value = node.find(field);
      if (value && holds(value.span, offset)) {
        const { root } = child.resource;
        yield root.find(field === 'version' ? 'version' : 'name') ?? root;
      }
    }
  }
}

/** The dependencies of which a chart is one, by their entries. */
export function* dependencyReferences({ file, offset, snapshot }: Cursor): Generator<Place> {
  const chart = chartAt(snapshot.graph, file.parsed.source.uri);
  const name = chart?.resource.uri === file.parsed.source.uri ? chart.resource.root.find('name') : undefined;
  if (!chart || !name || !holds(name.span, offset)) return;
  for (const { dependency } of chart.parents) {
    const entry = dependency.node?.find('name');
    if (entry) yield entry;
  }
}

/** `file://../redis`, from the folder of one chart to that of another. */
function folderAddress({ folder }: Chart, other: Chart): string {
  const from = folder.split('/').slice(0, -1);
  const to = other.folder.split('/').slice(0, -1);
  let shared = 0;
  while (shared < Math.min(from.length, to.length) && from[shared] === to[shared]) shared++;
  const up = from.slice(shared).map(() => '..');
  return `file://${[...up, ...to.slice(shared)].join('/') || '.'}`;
}
