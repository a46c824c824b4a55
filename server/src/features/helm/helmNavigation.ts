import type { Place } from '../../text/sourceNode.ts';
import type { Chart } from '../../workspace/helm/chart.ts';
import { valuesAt } from '../../workspace/helm/chartValues.ts';
import type { ReleaseReading } from '../../workspace/helm/releaseReading.ts';
import { schemaPropertiesAt } from '../../workspace/helm/valuesSchema.ts';
import type { Cursor } from '../languageFeatures.ts';
import { type HelmPlace, helmPlacesAt } from './helmPlace.ts';
import { type SeenValue, sameValue, valueMatcher } from './sameValue.ts';

/** Where the value, template, variable or field of the chart under the cursor is written. */
export function* helmDefinitions(cursor: Cursor): Generator<Place> {
  const at = helmPlacesAt(cursor);
  for (const place of at?.places ?? []) yield* definitionsOf(at!.release, place);
}

/** Where the value, template or variable under the cursor is used. */
export function* helmReferences(cursor: Cursor): Generator<Place> {
  const at = helmPlacesAt(cursor);
  for (const place of at?.places ?? []) yield* referencesOf(at!.release, place);
}

export function* definitionsOf(release: ReleaseReading, place: HelmPlace): Generator<Place> {
  switch (place.kind) {
    case 'value': {
      const set = valueDefinitions(place.chart, place.path);
      yield* set;
      if (set.length === 0) for (const schema of schemaPropertiesAt(place.chart, place.path)) yield schema.keyPlace;
      return;
    }
    case 'template':
      for (const { node, template } of release.definitions.get(place.name) ?? []) {
        if (node.name) yield { source: template.source, span: node.name.contentSpan };
      }
      return;
    case 'variable':
      if (place.use.declaredAt) yield { source: place.run.template.source, span: place.use.declaredAt };
      return;
    case 'builtIn': {
      const field = chartField(place.chart, place.path);
      if (field) yield field;
      return;
    }
    default:
  }
}

export function* referencesOf(release: ReleaseReading, place: HelmPlace): Generator<Place> {
  switch (place.kind) {
    case 'value':
      yield* valueReferences(release, sameValue(place.chart, place.path));
      return;
    case 'template':
      for (const { call, run } of release.calls.get(place.name) ?? []) {
        yield { source: run.template.source, span: call.nameSpan };
      }
      return;
    case 'variable': {
      const { declaredAt } = place.use;
      if (!declaredAt) return;
      for (const use of place.run.reading.variables) {
        if (use.declaredAt?.start !== declaredAt.start || use.span.start === declaredAt.start) continue;
        yield { source: place.run.template.source, span: use.span };
      }
      return;
    }
    default:
  }
}

/** The keys that set a value, in all values files of all charts that see it; what counts comes first. */
export function valueDefinitions(chart: Chart, path: SeenValue['path']): Place[] {
  const places = new Map<string, Place>();
  for (const seen of sameValue(chart, path)) {
    for (const { node } of valuesAt(seen.chart, seen.path)) {
      const place = node.keyPlace;
      places.set(`${place.source.uri} ${place.span.start}`, place);
    }
  }
  return [...places.values()];
}

/** Every name and literal key in templates, and every condition of a dependency, that stands for one of these values. */
export function* valueReferences(release: ReleaseReading, values: readonly SeenValue[]): Generator<Place> {
  const isMeant = valueMatcher(values);
  const given = new Set<string>();
  for (const { reading, template } of release.runs) {
    for (const { span, shape, isArgument } of reading.names) {
      const key = `${template.uri} ${span.start}`;
      if (isArgument || given.has(key) || !isMeant(shape)) continue;
      given.add(key);
      yield { source: template.source, span };
    }
  }
  for (const { chart, path } of values) yield* conditionsOn(chart, path);
}

function* conditionsOn(chart: Chart, path: SeenValue['path']): Generator<Place> {
  for (const { node } of chart.dependencies) {
    const condition = node?.find('condition');
    const written = condition?.text();
    if (!condition || written === undefined) continue;
    const start = condition.span.start + condition.source.slice(condition.span).indexOf(written);
    let position = 0;
    for (const part of written.split(',')) {
      const segments = part.trim().split('.');
      if (path.length <= segments.length && path.every((segment, index) => segment === segments[index])) {
        const before = segments.slice(0, path.length - 1).join('.').length;
        const from = start + position + part.indexOf(part.trim()) + before + (path.length > 1 ? 1 : 0);
        yield { source: condition.source, span: { start: from, end: from + segments[path.length - 1]!.length } };
      }
      position += part.length + 1;
    }
  }
}

/** `.Chart.AppVersion` is `appVersion` of `Chart.yaml`. */
export function chartField({ resource }: Chart, path: readonly string[]): Place | undefined {
  const [object, name] = path;
  if (object !== 'Chart') return undefined;
  if (name === undefined) return resource.root;
  return resource.root.find(name === 'APIVersion' ? 'apiVersion' : name[0]!.toLowerCase() + name.slice(1));
}
