import type { ValuePath } from '../../languages/helm/templateShape.ts';
import type { Chart } from '../../workspace/helm/chart.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';
import { valueKeys } from '../../workspace/helm/chartValues.ts';
import { releaseReading } from '../../workspace/helm/releaseReading.ts';
import { schemasAt } from '../../workspace/helm/valuesSchema.ts';
import type { Completion, Cursor } from '../languageFeatures.ts';
import { yamlCursor } from '../yamlCursor.ts';
import { sameValue } from './sameValue.ts';
import { shortValue, valueMarkdown } from './valueInMarkdown.ts';

/** Offers in a chart's values files: keys that the schema, other values files, dependencies or templates know; values that the schema admits. */
export function* valuesCompletions({ file, offset, snapshot }: Cursor): Generator<Completion> {
  const { source } = file.parsed;
  const chart = chartAt(snapshot.graph, source.uri);
  const isValues = chart && [chart.values, ...chart.otherValues].some((values) => values?.uri === source.uri);
  const cursor = isValues ? yamlCursor(source.text, offset) : undefined;
  if (!chart || !cursor) return;
  const path = cursor.path.map((segment) => (typeof segment === 'number' ? null : segment));
  const { span } = cursor;
  if (cursor.role === 'value') {
    for (const label of admitted(chart, path))
      yield { label, kind: 'value', newText: (cursor.needsSpace ? ' ' : '') + label, span };
    return;
  }
  const written = new Set(cursor.map?.entries.map(({ key }) => key) ?? []);
  const keys = new Set(valueKeys(chart, path).keys());
  for (const { reading } of releaseReading(snapshot.graph, chart).runs) {
    for (const seen of sameValue(chart, path)) {
      for (const { chart: folder, path: used } of reading.uses) {
        const next = used[seen.path.length];
        if (folder === seen.chart.folder && next != null && begins(used, seen.path)) keys.add(next);
      }
    }
  }
  for (const key of keys) {
    if (written.has(key)) continue;
    const at = [...path, key];
    const type = schemasAt(chart, at)
      .flatMap((schema) => schema.text('type') ?? [])
      .at(0);
    const known = valueKeys(chart, path).get(key)?.[0];
    const detail = (known && shortValue(known.node, at)) ?? type ?? known?.node.kind;
    yield {
      label: key,
      kind: 'field',
      ...(detail === undefined ? {} : { detail }),
      documentation: () => valueMarkdown(chart, at),
      newText: `${cursor.startsItem ? '- ' : ''}${key}${cursor.hasColon ? '' : ': '}`,
      span,
    };
  }
}

function admitted(chart: Chart, path: ValuePath): Set<string> {
  const values = new Set<string>();
  for (const schema of schemasAt(chart, path)) {
    for (const item of schema.find('enum')?.items ?? []) values.add(item.text() ?? 'null');
    const fallback = schema.find('default');
    if (fallback?.kind === 'scalar') values.add(fallback.text() ?? 'null');
    const constant = schema.text('const');
    if (constant !== undefined) values.add(constant);
    if (schema.text('type') === 'boolean') for (const value of ['true', 'false']) values.add(value);
  }
  return values;
}

function begins(path: ValuePath, beginning: ValuePath): boolean {
  return beginning.every((segment, index) => path[index] === segment);
}
