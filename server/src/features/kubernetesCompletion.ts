import { apiLifecycle, NEWEST_KUBERNETES_MINOR } from '../schema/apiLifecycles.ts';
import { readable, resourceDocumentation } from '../schema/documentationAt.ts';
import { type FieldSuggestion, fieldsAt, valuesAt } from '../schema/fieldsAt.ts';
import { schemaAt } from '../schema/schemaAt.ts';
import type { ResourceKind, SchemaIndex } from '../schema/schemaIndex.ts';
import type { PathSegment, SourceNode } from '../text/sourceNode.ts';
import type { SourceText, Span } from '../text/sourceText.ts';
import { kubernetesPlace } from './kubernetesPlace.ts';
import type { Completion } from './languageFeatures.ts';
import type { Conventions } from './manifests/conventions.ts';
import { documentStart, OTHER_FILES } from './manifests/documentStart.ts';
import { objectSkeleton } from './manifests/objectSkeleton.ts';
import { type YamlCursor, yamlCursor } from './yamlCursor.ts';
import { type SnippetStyle, YamlSnippet, yamlScalar } from './yamlSnippet.ts';

/**
 * What the schemas offer at `offset`: fields (required ones first, with what they require in turn), values, kinds and
 * versions, and in an empty document whole objects.
 *
 * New lines of a snippet are indented relative to the line of the cursor, as editors expect it.
 *
 * @param masked the text of the file with template actions masked; equal to the source's text outside of templates
 * @param conventions what a new object takes over from those around it
 */
export function* kubernetesCompletions(
  source: SourceText,
  masked: string,
  offset: number,
  index: SchemaIndex,
  conventions?: () => Conventions,
): Generator<Completion> {
  const cursor = yamlCursor(masked, offset);
  if (!cursor) return;
  const json = /\.json$/i.test(source.uri);
  const place = kubernetesPlace(cursor.root, cursor.path, index);
  if (!place.resource && OTHER_FILES.test(source.uri)) return;
  if (cursor.role === 'value') {
    yield* values(cursor, place.path, place.root, json, index);
    return;
  }
  const flatLists = /^( *)[\w"'./-]+:[ \t]*\r?\n\1- /m.test(source.text);
  const style: SnippetStyle = {
    flow: cursor.flow,
    json: json && cursor.quote === '',
    flatLists,
    indent: ' '.repeat(cursor.offsetInLine),
  };
  if (place.resource) yield* fields(cursor, place.resource.schema, place.path, style);
  else if (documentStart(source.uri, masked, offset)) yield* objects(cursor, style, index, conventions?.());
  else if (place.path.length === 0) yield* heads(cursor, place.root, style);
}

function* fields(
  cursor: YamlCursor,
  schema: Parameters<typeof fieldsAt>[0],
  path: readonly PathSegment[],
  style: SnippetStyle,
): Generator<Completion> {
  const target = schemaAt(schema, path)?.schema;
  // Below a key that wants a list, each line is an item.
  if (target?.type === 'array' && target.items && !cursor.flow) {
    const inner = { ...style, indent: `${style.indent}  ` };
    for (const field of fieldsAt(target, [0])) yield fieldCompletion(cursor, field, inner, '- ');
    for (const value of valuesAt(target, [0]))
      yield valueCompletion(cursor.span, `- ${yamlScalar(value, false)}`, String(value));
    return;
  }
  const prefix = cursor.startsItem ? '- ' : '';
  const own = { ...style, indent: style.indent + ' '.repeat(prefix.length) };
  const offered = fieldsAt(schema, path, cursor.map);
  for (const field of offered) yield fieldCompletion(cursor, field, own, prefix);
  if (offered.length > 0 || !target) return;
  // A word alone behind a dash is an item, not yet a key.
  for (const value of valuesAt(schema, path)) {
    yield valueCompletion(cursor.span, prefix + yamlScalar(value, false), String(value));
  }
}

function fieldCompletion(cursor: YamlCursor, field: FieldSuggestion, style: SnippetStyle, prefix: string): Completion {
  const { name, type, required } = field;
  const plain = cursor.hasColon || cursor.quote !== '';
  const newText = plain ? name : prefix + new YamlSnippet(style).field(name, field.skeleton);
  return {
    label: name,
    kind: 'field',
    detail: required ? `${type}, required` : type,
    documentation: () => (field.text === '' ? undefined : readable(field.text)),
    newText,
    span: cursor.span,
    sortText: `${required ? '0' : '1'}${name}`,
    ...(plain ? {} : { isSnippet: true }),
  };
}

function* values(
  cursor: YamlCursor,
  path: readonly PathSegment[],
  root: SourceNode,
  json: boolean,
  index: SchemaIndex,
): Generator<Completion> {
  const space = cursor.needsSpace ? ' ' : '';
  const written = (text: string) => space + (json && cursor.quote === '' ? JSON.stringify(text) : text);
  const [first, ...more] = path;
  if (more.length === 0 && (first === 'kind' || first === 'apiVersion')) {
    const other = root.text(first === 'kind' ? 'apiVersion' : 'kind');
    const all = index.kinds();
    const fitting = all.filter((known) => (first === 'kind' ? known.apiVersion : known.kind) === other);
    const offered = new Set<string>();
    for (const known of fitting.length > 0 ? fitting : all) {
      const text = known[first];
      if (offered.has(text) || isGone(known)) continue;
      offered.add(text);
      const detail = first === 'kind' ? known.apiVersion : known.kind;
      yield { ...valueCompletion(cursor.span, written(text), text), ...(fitting.length > 0 ? {} : { detail }) };
    }
    return;
  }
  const schema = index.forResource(root.text('apiVersion') ?? '', root.text('kind') ?? '')?.schema;
  if (!schema) return;
  for (const [order, value] of valuesAt(schema, path).entries()) {
    const text = cursor.quote === '' ? yamlScalar(value, json) : String(value);
    yield { ...valueCompletion(cursor.span, space + text, String(value)), sortText: String(order).padStart(3, '0') };
  }
}

/** `apiVersion` or `kind`, where the other one stands already. */
function* heads(cursor: YamlCursor, root: SourceNode, style: SnippetStyle): Generator<Completion> {
  const present = root.entries.filter((entry) => entry !== cursor.map?.entries.at(-1)).map((entry) => entry.key);
  if (root.entries.length < 2) return;
  for (const name of ['apiVersion', 'kind'].filter((key) => !present.includes(key))) {
    const other = name === 'kind' ? 'apiVersion' : 'kind';
    if (!present.includes(other)) continue;
    const newText = cursor.hasColon ? name : new YamlSnippet(style).field(name, { kind: 'scalar', values: [] });
    yield {
      label: name,
      kind: 'field',
      newText,
      span: cursor.span,
      isSnippet: !cursor.hasColon,
      sortText: `0${name}`,
    };
  }
}

/** Whole objects by kind, where nothing but a half-typed word stands. */
function* objects(
  cursor: YamlCursor,
  style: SnippetStyle,
  index: SchemaIndex,
  conventions: Conventions | undefined,
): Generator<Completion> {
  for (const known of index.kinds()) {
    if (isGone(known) || known.kind.endsWith('List')) continue;
    const { apiVersion, kind } = known;
    yield {
      label: kind,
      kind: 'snippet',
      detail: apiVersion,
      documentation: () => documentationOf(known, index),
      get newText() {
        return objectSkeleton(known, style, index, conventions);
      },
      span: cursor.span,
      isSnippet: true,
      sortText: `${kind} ${known.origin === 'kubernetes' ? '0' : '1'}`,
    };
  }
}

function documentationOf({ apiVersion, kind }: ResourceKind, index: SchemaIndex): string | undefined {
  const resource = index.forResource(apiVersion, kind);
  return resource && resourceDocumentation(resource);
}

function valueCompletion(span: Span, newText: string, label: string): Completion {
  return { label, kind: 'value', newText, span };
}

/** No longer served by the newest Kubernetes: nothing new should use it. */
function isGone({ apiVersion, kind }: ResourceKind): boolean {
  return (apiLifecycle(apiVersion, kind)?.removedIn ?? Infinity) <= NEWEST_KUBERNETES_MINOR;
}
