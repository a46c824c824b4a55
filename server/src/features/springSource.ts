import { choicesOf, knownKey, nextSegments } from '../languages/java/knownKeys.ts';
import { SPRING_KEYS, type SpringKey } from '../languages/java/springKeys.ts';
import { SPRING_SETTINGS } from '../languages/java/springSettings.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import type { Completion, Cursor, Explanation, FeatureSource } from './languageFeatures.ts';
import { maskedText } from './maskedText.ts';
import { nodeAt } from './nodeAt.ts';
import { yamlCursor } from './yamlCursor.ts';

/** Completion and hover of the keys of Spring Boot and Resilience4j that the catalog speaks of, in YAML and properties. */
export const springSource: FeatureSource = {
  *completions(cursor) {
    if (!isSettings(cursor)) return;
    if (cursor.file.parsed.language === 'properties') yield* inProperties(cursor);
    else yield* inYaml(cursor);
  },

  explain(cursor): Explanation | undefined {
    const node = isSettings(cursor) ? nodeAt(cursor.file.parsed.roots, cursor.offset) : undefined;
    const span = node?.keySpan;
    const known = node && knownKey(dotted(node));
    if (!node || !span || !known || cursor.offset > span.end) return undefined;
    return { markdown: described(known), span };
  },
};

/** A file that sets nothing yet may be called by a name that is no one else's. */
function isSettings({ file, snapshot }: Cursor): boolean {
  const { uri } = file.parsed.source;
  return (
    snapshot.graph.inFile(uri).some(({ type }) => type === SPRING_SETTINGS) ||
    /\/src\/main\/resources\/(?:application|bootstrap)(?:-[^/]*)?\.(?:ya?ml|properties)$/.test(uri)
  );
}

function dotted(node: SourceNode): string {
  return node.path.filter((segment) => typeof segment === 'string').join('.');
}

function described({ key, takes, fallback, text }: SpringKey): string {
  const choices = choicesOf(takes);
  return [
    `**${key}**`,
    text,
    ...(choices.length > 0 ? [`One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.`] : []),
    ...(fallback === undefined ? [] : [`Where nothing is set: ${fallback}.`]),
  ].join('\n\n');
}

function* inYaml({ file, offset }: Cursor): Iterable<Completion> {
  const text = maskedText(file.parsed);
  const cursor = text === undefined ? undefined : yamlCursor(text, offset);
  if (!cursor || cursor.path.some((segment) => typeof segment === 'number')) return;
  const path = cursor.path.map(String);
  if (cursor.role === 'value') {
    const known = knownKey(path.join('.'));
    for (const choice of known ? choicesOf(known.takes) : []) {
      const newText = `${cursor.needsSpace ? ' ' : ''}${choice}`;
      yield { label: choice, kind: 'value', newText, span: cursor.span };
    }
    return;
  }
  const written = new Set(cursor.map?.entries.map(({ key }) => key));
  for (const [segment, known] of nextSegments(path.flatMap((part) => part.split('.')))) {
    if (written.has(segment)) continue;
    yield {
      label: segment,
      kind: 'field',
      ...(known?.fallback !== undefined && { detail: known.fallback }),
      documentation: () => known && described(known),
      newText: cursor.hasColon ? segment : known ? `${segment}: ` : `${segment}:`,
      span: cursor.span,
    };
  }
}

function* inProperties({ file, offset }: Cursor): Iterable<Completion> {
  const { source } = file.parsed;
  const line = source.lineSpan(source.lineAt(offset));
  const before = source.text.slice(line.start, offset);
  const value = /^\s*([^=:\s#!]+)\s*[=:]\s*(\S*)$/.exec(before);
  if (value) {
    const known = knownKey(value[1]!);
    const span = { start: offset - value[2]!.length, end: Math.max(offset, line.end) };
    for (const choice of known ? choicesOf(known.takes) : [])
      yield { label: choice, kind: 'value', newText: choice, span };
    return;
  }
  const word = /^\s*([\w.[\]-]*)$/.exec(before)?.[1];
  if (word === undefined) return;
  const rest = /^[\w.[\]-]*/.exec(source.text.slice(offset, line.end))![0];
  const hasValue = /^\s*[=:]/.test(source.text.slice(offset + rest.length, line.end));
  for (const known of SPRING_KEYS) {
    if (known.key.includes('*')) continue;
    yield {
      label: known.key,
      kind: 'field',
      ...(known.fallback !== undefined && { detail: known.fallback }),
      documentation: () => described(known),
      newText: hasValue ? known.key : `${known.key}=`,
      span: { start: offset - word.length, end: offset + rest.length },
    };
  }
}
