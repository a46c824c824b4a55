import { BUILT_IN_OBJECTS, builtInAt } from '../../languages/helm/builtInObjects.ts';
import type { Shape } from '../../languages/helm/templateShape.ts';
import type { Span } from '../../text/sourceText.ts';
import { valueKeys } from '../../workspace/helm/chartValues.ts';
import { chartIn, type ReleaseReading } from '../../workspace/helm/releaseReading.ts';
import { schemasAt } from '../../workspace/helm/valuesSchema.ts';
import type { Completion } from '../languageFeatures.ts';
import { shortValue, valueMarkdown } from './valueInMarkdown.ts';

/** What a name behind a dot may be: a key that a text of YAML can have, but an expression cannot say, is left out. */
const FIELD = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;

/**
 * The names that stand in a shape: keys of values, built-in objects and their members, arguments of a named template.
 * With `inQuotes` also keys that cannot stand behind a dot.
 */
export function* memberCompletions(
  release: ReleaseReading,
  shape: Shape,
  span: Span,
  inQuotes = false,
): Generator<Completion> {
  switch (shape.kind) {
    case 'root':
      for (const { name, documentation } of BUILT_IN_OBJECTS) {
        yield { label: name, kind: 'module', documentation: () => documentation, newText: name, span };
      }
      return;
    case 'value':
      yield* valueCompletions(release, shape, span, inQuotes);
      return;
    case 'object': {
      for (const { name, type, documentation } of builtInAt(shape.path)?.members ?? []) {
        const kind = type.startsWith('function') ? 'function' : 'field';
        yield { label: name, kind, detail: type, documentation: () => documentation, newText: name, span };
      }
      if (shape.path.length !== 1 || shape.path[0] !== 'Subcharts') return;
      for (const { key } of chartIn(release, shape.chart)?.dependencies ?? []) {
        yield { label: key, kind: 'module', newText: key, span };
      }
      return;
    }
    case 'dictionary':
      for (const name of shape.entries.keys()) {
        if (inQuotes || FIELD.test(name)) yield { label: name, kind: 'field', detail: 'argument', newText: name, span };
      }
      if (shape.base) yield* memberCompletions(release, shape.base, span, inQuotes);
      return;
    default:
  }
}

function* valueCompletions(
  release: ReleaseReading,
  { chart: folder, path }: Shape & { kind: 'value' },
  span: Span,
  inQuotes: boolean,
): Generator<Completion> {
  const chart = chartIn(release, folder);
  if (!chart) return;
  for (const [key, places] of valueKeys(chart, path)) {
    if (!inQuotes && !FIELD.test(key)) continue;
    const at = [...path, key];
    const node = places.find(({ tree }) => tree.origin !== 'other')?.node ?? places[0]?.node;
    const type = schemasAt(chart, at)
      .flatMap((schema) => schema.text('type') ?? [])
      .at(0);
    const detail = (node && (shortValue(node, at) ?? (node.kind === 'scalar' ? undefined : node.kind))) ?? type;
    yield {
      label: key,
      kind: 'field',
      ...(detail === undefined ? {} : { detail }),
      documentation: () => valueMarkdown(chart, at),
      newText: key,
      span,
    };
  }
}
