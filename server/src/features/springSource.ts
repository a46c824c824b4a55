import { choicesOf, knownKey, nextSegments } from '../languages/java/knownKeys.ts';
import { SPRING_KEYS, type SpringKey } from '../languages/java/springKeys.ts';
import { SPRING_SETTINGS } from '../languages/java/springSettings.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import type { Completion, Cursor, Explanation, FeatureSource } from './languageFeatures.ts';
import { maskedText } from './maskedText.ts';
import { nodeAt } from './nodeAt.ts';
import { effectOfKey, effectOfVariable } from './springEffect.ts';
import { yamlCursor } from './yamlCursor.ts';

/** Completion and hover of the keys of Spring Boot and Resilience4j that the catalog speaks of, in YAML and properties. */
export const springSource: FeatureSource = {
  *completions(cursor) {
    if (!isSettings(cursor)) return;
    if (cursor.file.parsed.language === 'properties') yield* inProperties(cursor);
    else yield* inYaml(cursor);
  },

  explain(cursor): Explanation | undefined {
    const { file, offset, snapshot } = cursor;
    const node = nodeAt(file.parsed.roots, offset);
    if (!node) return undefined;
    if (!isSettings(cursor)) return variableAt(node, cursor);
    const span = node.keySpan;
    const known = knownKey(dotted(node));
    if (!span || !known || offset > span.end) return undefined;
    const effects = effectOfKey(node, known.key.includes('*') ? dotted(node) : known.key, snapshot.graph);
    return { markdown: [described(known), ...effects].join('\n\n'), span };
  },
};

/** An entry of a ConfigMap, or the value of a variable, that a Spring application reads. */
function variableAt(node: SourceNode, { file, snapshot }: Cursor): Explanation | undefined {
  const isEntry = node.parent?.key === 'data' || (node.key === 'value' && node.parent?.parent?.key === 'env');
  if (!isEntry || file.parsed.language === 'terraform') return undefined;
  const effects = effectOfVariable(node, snapshot.graph);
  return effects.length > 0 ? { markdown: effects.join('\n\n'), span: node.keySpan ?? node.span } : undefined;
}

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
