import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { kubernetesCompletions } from '../../server/src/features/kubernetesCompletion.ts';
import { kubernetesExplanation } from '../../server/src/features/kubernetesHover.ts';
import { parseYaml } from '../../server/src/languages/yaml/yamlFile.ts';
import { readable } from '../../server/src/schema/documentationAt.ts';
import type { Schema, SchemaField } from '../../server/src/schema/schema.ts';
import { allFields } from '../../server/src/schema/schemaAt.ts';
import type { ResourceKind } from '../../server/src/schema/schemaIndex.ts';
import type { PathSegment } from '../../server/src/text/sourceNode.ts';
import { SourceText } from '../../server/src/text/sourceText.ts';
import { bundle, index } from './schemas.ts';

/** A map in the objects of a kind, and the fields that may stand in it. */
interface Place {
  readonly path: readonly PathSegment[];
  readonly fields: ReadonlyMap<string, SchemaField>;
}

/** Every map that the schema of a kind knows, through lists, maps with free keys and alternatives; each schema once. */
function* placesOf(schema: Schema, path: readonly PathSegment[], seen: Set<Schema>): Generator<Place> {
  if (seen.has(schema)) return;
  seen.add(schema);
  const fields = allFields(schema);
  if (fields.size > 0) yield { path, fields };
  for (const field of fields.values()) yield* placesOf(field.schema, [...path, field.name], seen);
  if (schema.values) yield* placesOf(schema.values, [...path, 'anyName'], seen);
  const { items } = schema;
  if (items) yield* placesOf(items, [...path, 0], seen);
  for (const branch of Object.values(schema.branches ?? {}).flat()) {
    if (branch?.items) yield* placesOf(branch.items, [...path, 0], seen);
    if (branch?.values) yield* placesOf(branch.values, [...path, 'anyName'], seen);
  }
}

/** A document that leads to a place, with these lines there. */
function documentAt(
  { apiVersion, kind }: ResourceKind,
  path: readonly PathSegment[],
  lines: readonly string[],
): string {
  let text = `apiVersion: ${apiVersion}\nkind: ${kind}\n`;
  let indent = '';
  let startsItem = false;
  for (const segment of path) {
    const lead = startsItem ? `${indent.slice(0, -2)}- ` : indent;
    if (typeof segment === 'number') {
      // An item of a list in a list stands behind the dash of the outer one.
      text += startsItem ? `${lead}\n` : '';
      startsItem = true;
    } else {
      text += `${lead}${keyText(segment)}:\n`;
      startsItem = false;
    }
    indent += '  ';
  }
  return lines.reduce((written, line, position) => {
    const lead = startsItem && position === 0 ? `${indent.slice(0, -2)}- ` : indent;
    return `${written}${lead}${line}\n`;
  }, text);
}

function keyText(key: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(key) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(key)
    ? key
    : JSON.stringify(key);
}

function pathText(path: readonly PathSegment[]): string {
  return path.reduce<string>(
    (text, segment) => (typeof segment === 'number' ? `${text}[]` : text === '' ? segment : `${text}.${segment}`),
    '',
  );
}

/** What completion leaves out at a place, or says otherwise than the schema. */
function missingInCompletion(kind: ResourceKind, { fields, path }: Place): string[] {
  const text = documentAt(kind, path, ['x']).slice(0, -2);
  const source = new SourceText('file:///field.yaml', text);
  const offered = new Map(
    [...kubernetesCompletions(source, text, text.length, index)].map((offer) => [offer.label, offer]),
  );
  const written = path.length === 0 ? new Set(['apiVersion', 'kind']) : new Set<string>();
  return [...fields.values()].flatMap((field) => {
    if (written.has(field.name)) return [];
    const offer = offered.get(field.name);
    const at = `${kind.apiVersion} ${kind.kind} ${pathText([...path, field.name])}`;
    if (!offer) return [`${at} is not offered`];
    if (field.text !== '' && offer.documentation?.() !== readable(field.text))
      return [`${at} is offered without its text`];
    return [];
  });
}

/** What hover does not show at a place. */
function missingInHover(kind: ResourceKind, { fields, path }: Place): string[] {
  const names = [...fields.keys()].filter((name) => path.length > 0 || (name !== 'apiVersion' && name !== 'kind'));
  const text = documentAt(
    kind,
    path,
    names.map((name) => `${keyText(name)}: ~`),
  );
  const { roots } = parseYaml(new SourceText('file:///field.yaml', text), false);
  let offset = documentAt(kind, path, []).length;
  const missing: string[] = [];
  for (const name of names) {
    offset = text.indexOf(`${keyText(name)}: ~`, offset);
    const markdown = kubernetesExplanation(roots, offset + 1, index)?.markdown;
    const at = pathText([...path, name]);
    const documentation = fields.get(name)!.text;
    if (!markdown?.startsWith(`\`${at}\``) || !markdown.includes(readable(documentation))) {
      missing.push(`${kind.apiVersion} ${kind.kind} ${at}: ${markdown ?? 'nothing'}`);
    }
    offset += name.length;
  }
  return missing;
}

describe('every field of every bundled kind', () => {
  const kinds = index.kinds().filter(({ apiVersion, kind }) => kind !== 'List' || apiVersion !== 'v1');

  it('is offered by completion with its text, and shown by hover, at every depth', () => {
    assert.equal(kinds.length, bundle.kinds.length);
    let fieldCount = 0;
    const missing: string[] = [];
    for (const kind of kinds) {
      const { schema } = index.forResource(kind.apiVersion, kind.kind)!;
      for (const place of placesOf(schema, [], new Set())) {
        fieldCount += place.fields.size;
        missing.push(...missingInCompletion(kind, place), ...missingInHover(kind, place));
        if (missing.length > 40) assert.fail(`${fieldCount} fields in:\n${missing.join('\n')}`);
      }
    }
    assert.deepEqual(missing, []);
    assert.ok(fieldCount > 50_000, `only ${fieldCount} fields were looked at`);
  }).timeout(300_000);
});
