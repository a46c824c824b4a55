import type { SourceText } from '../../text/sourceText.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { Completion } from '../languageFeatures.ts';
import { type YamlCursor, yamlCursor, yamlItemCursor } from '../yamlCursor.ts';
import { configurationKeys } from './configurationKeys.ts';
import { gatewayNames } from './gatewayNames.ts';
import { imageNames } from './imageNames.ts';
import { labelPairs, labelValues } from './labelPairs.ts';
import { listenerNames } from './listenerNames.ts';
import { dottedPath, type KnownName, type NameFinder } from './nameFinder.ts';
import { namespaceNames } from './namespaceNames.ts';
import { objectNames } from './objectNames.ts';
import { portNames } from './portNames.ts';
import { referencedNames } from './referencedNames.ts';
import { subsetNames } from './subsetNames.ts';
import { usualValues } from './usualValues.ts';
import { volumeNames } from './volumeNames.ts';
import { type WrittenObject, writtenObject } from './writtenObject.ts';

const FINDERS: readonly NameFinder[] = [
  referencedNames,
  objectNames,
  namespaceNames,
  portNames,
  configurationKeys,
  volumeNames,
  subsetNames,
  listenerNames,
  gatewayNames,
  imageNames,
  usualValues,
];

/**
 * The names that the workspace knows for the value at `offset`: of other objects, ports, keys, subsets, images and
 * labels, also where the line is half-typed or empty. In a map of labels, whole pairs.
 *
 * @param masked the text of the file with template actions masked
 */
export function* nameCompletions(
  source: SourceText,
  masked: string,
  offset: number,
  graph: ResourceGraph,
): Generator<Completion> {
  const cursor = yamlCursor(masked, offset);
  const offered = new Set<string>();
  for (const reading of [cursor, cursor?.role === 'value' ? undefined : yamlItemCursor(masked, offset)]) {
    const written = reading && writtenObject(reading, source.uri, graph);
    if (!reading || !written) continue;
    for (const offer of reading.role === 'value' ? values(reading, written, source.uri) : keys(reading, written)) {
      if (offered.has(offer.label)) continue;
      offered.add(offer.label);
      yield offer;
    }
  }
}

function* values(cursor: YamlCursor, written: WrittenObject, uri: string): Generator<Completion> {
  const path = dottedPath(written.path);
  const isJson = /\.json$/i.test(uri) && cursor.quote === '';
  for (const finder of FINDERS) {
    if (!finder.path.test(path)) continue;
    for (const name of finder.find(written)) yield offerOf(name, cursor, isJson);
  }
  for (const { detail, value } of labelValues(written)) yield offerOf({ value, detail }, cursor, isJson);
}

function offerOf({ detail, isUnlikely, value }: KnownName, cursor: YamlCursor, isJson: boolean): Completion {
  const text = cursor.quote === '' ? written(value, isJson) : String(value);
  return {
    label: String(value),
    kind: 'reference',
    ...(detail === undefined ? {} : { detail }),
    newText: (cursor.needsSpace ? ' ' : '') + text,
    span: cursor.span,
    sortText: `${isUnlikely ? '1' : '0'}${value}`,
  };
}

/** Texts that YAML would read as something else are quoted. */
function written(value: string | number, isJson: boolean): string {
  if (typeof value === 'number') return String(value);
  const isPlain =
    /^[A-Za-z/][\w./@+-]*(?::[\w./@+-]+)*$/.test(value) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(value);
  return isJson || !isPlain ? JSON.stringify(value) : value;
}

function* keys(cursor: YamlCursor, object: WrittenObject): Generator<Completion> {
  const path = dottedPath(object.path);
  const present = new Set(cursor.map?.entries.map(({ key }) => key));
  for (const { detail, key, value } of labelPairs(object, path)) {
    if (present.has(key)) continue;
    const plain = cursor.hasColon || cursor.quote !== '';
    yield {
      label: plain ? key : `${key}: ${value}`,
      kind: 'value',
      detail,
      newText: plain ? key : `${key}: ${written(value, false)}`,
      span: cursor.span,
      sortText: `0${key}`,
    };
  }
}
