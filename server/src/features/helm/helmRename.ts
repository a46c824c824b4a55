import type { ValuePath } from '../../languages/helm/templateShape.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import type { Span, TextEdit } from '../../text/sourceText.ts';
import { valueKeys } from '../../workspace/helm/chartValues.ts';
import type { ReleaseReading } from '../../workspace/helm/releaseReading.ts';
import { schemaPropertiesAt } from '../../workspace/helm/valuesSchema.ts';
import type { Cursor, Rename } from '../languageFeatures.ts';
import { definitionsOf, referencesOf, valueDefinitions, valueReferences } from './helmNavigation.ts';
import { type HelmPlace, helmPlacesAt } from './helmPlace.ts';
import { type SeenValue, sameValue } from './sameValue.ts';

/** The key of a value, the name of a template or a variable under the cursor, without quotes. */
export function helmRenameSpan(cursor: Cursor): Span | undefined {
  const place = renamedPlace(cursor)?.place;
  return place && unquoted({ source: cursor.file.parsed.source, span: place.span });
}

/**
 * Renames a value in its values files, schemas, templates and in the charts above and below; a named template with all its
 * calls; a variable in its scope.
 */
export function helmRename(cursor: Cursor, newName: string): Rename | undefined {
  const found = renamedPlace(cursor);
  if (!found) return undefined;
  const { place, release } = found;
  if (place.kind === 'value') return renameValue(release, place, newName);
  if (place.kind === 'template') return renameTemplate(release, place, newName);
  if (place.kind === 'variable') return renameVariable(release, place, newName);
  return undefined;
}

function renamedPlace(cursor: Cursor): { place: HelmPlace; release: ReleaseReading } | undefined {
  const at = helmPlacesAt(cursor);
  const place = at?.places.find(
    ({ kind, span }) => (kind === 'value' || kind === 'template' || kind === 'variable') && span.end > span.start,
  );
  if (!at || !place) return undefined;
  if (place.kind === 'value' && place.path.at(-1) == null) return undefined;
  return { place, release: at.release };
}

function renameValue(release: ReleaseReading, { chart, path }: HelmPlace & { kind: 'value' }, newName: string): Rename {
  const name = path.at(-1)!;
  const parent = path.slice(0, -1);
  if (newName.trim() === '' || /[\s:#"'{}[\],&*!|>%@`.]/.test(newName)) {
    return refused(`${JSON.stringify(newName)} cannot be the key of a value.`);
  }
  const values = sameValue(chart, path);
  if (values.some((value) => value.path.length === 1 && (value.path[0] === 'global' || isDependencyKey(value)))) {
    return refused(`\`${name}\` holds the values of other charts; its name is not the chart's own.`);
  }
  if (valueKeys(chart, parent).has(newName))
    return refused(`\`${['.Values', ...parent, newName].join('.')}\` exists already.`);
  const uses = [...valueReferences(release, values)];
  const field = uses.find(({ source, span }) => source.text[span.start - 1] === '.');
  if (field && !/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(newName)) {
    return refused(`Templates use \`${name}\` behind a dot, and \`${newName}\` cannot stand there.`);
  }
  const schemas = values.flatMap((value) => schemaPropertiesAt(value.chart, value.path));
  const places = [
    ...valueDefinitions(chart, path),
    ...uses,
    ...schemas.flatMap((schema) => [schema.keyPlace, ...requiredEntries(schema, name)]),
    ...values.flatMap((value) => [...namesInTexts(value)]),
  ];
  return edits(places, newName);
}

function isDependencyKey({ chart, path }: SeenValue): boolean {
  return chart.dependencies.some(({ key }) => key === path[0]);
}

/** `required` beside `properties` lists the property too. */
function requiredEntries(property: SourceNode, name: string): SourceNode[] {
  return property.parent?.parent?.find('required')?.items.filter((item) => item.scalar === name) ?? [];
}

/** Values may hold templates themselves that name the value. */
function* namesInTexts({ chart, path }: { chart: SeenValue['chart']; path: ValuePath }): Generator<Place> {
  const files = [...(chart.values ? [chart.values] : []), ...chart.otherValues];
  for (const { root } of files) {
    for (const match of root.source.text.matchAll(/\.Values((?:\.\w+)+)/g)) {
      const segments = match[1]!.slice(1).split('.');
      if (!path.every((segment, index) => segment === segments[index])) continue;
      const before = segments.slice(0, path.length - 1).reduce((sum, segment) => sum + segment.length + 1, 0);
      const start = match.index + '.Values.'.length + before;
      yield { source: root.source, span: { start, end: start + segments[path.length - 1]!.length } };
    }
  }
}

function renameTemplate(release: ReleaseReading, place: HelmPlace & { kind: 'template' }, newName: string): Rename {
  if (newName.trim() === '' || /["`\\\r\n]/.test(newName)) {
    return refused(`${JSON.stringify(newName)} cannot be the name of a template.`);
  }
  if (release.definitions.has(newName)) return refused(`A template \`${newName}\` exists already.`);
  if (!release.definitions.has(place.name))
    return refused(`No template of the workspace has the name \`${place.name}\`.`);
  return edits([...definitionsOf(release, place), ...referencesOf(release, place)], newName);
}

function renameVariable(release: ReleaseReading, place: HelmPlace & { kind: 'variable' }, newName: string): Rename {
  const name = newName.startsWith('$') ? newName : `$${newName}`;
  if (!/^\$[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name))
    return refused(`${JSON.stringify(newName)} cannot be the name of a variable.`);
  const isTaken = place.run.reading.variables.some((use) => use.name === name);
  if (isTaken) return refused(`The template has a variable \`${name}\` already.`);
  return edits([...definitionsOf(release, place), ...referencesOf(release, place)], name);
}

function edits(places: readonly Place[], newText: string): Rename {
  const found = new Map<string, TextEdit>();
  for (const place of places) {
    const span = unquoted(place);
    found.set(`${place.source.uri} ${span.start}`, { uri: place.source.uri, span, newText });
  }
  return { status: 'edits', edits: [...found.values()] };
}

/** A name without the quotes around it, so that they stay. */
function unquoted({ source, span }: Place): Span {
  const first = source.text[span.start];
  const isQuoted = (first === '"' || first === "'") && span.end - span.start > 1 && source.text[span.end - 1] === first;
  return isQuoted ? { start: span.start + 1, end: span.end - 1 } : span;
}

function refused(reason: string): Rename {
  return { status: 'refused', reason };
}
