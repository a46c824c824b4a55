import { blocksAt, type HclPlace, hclPlaceAt } from '../languages/terraform/hclPlace.ts';
import type { HclFile } from '../languages/terraform/hclSyntax.ts';
import { typedReferenceAt } from '../languages/terraform/terraformCursor.ts';
import type { TerraformModule } from '../languages/terraform/terraformModule.ts';
import {
  bodyOf,
  type TerraformBody,
  type TerraformMember,
  type TerraformTypeSchema,
  valueTypeText,
} from '../schema/terraform/terraformSchema.ts';
import type { Completion } from './languageFeatures.ts';
import { fittingReferences } from './terraformFittingReferences.ts';
import { metaValues } from './terraformMetaValues.ts';
import type { ModuleSchemas } from './terraformSchemas.ts';
import { membersSnippet, requiredSkeleton } from './terraformSkeleton.ts';
import type { ValueTypes } from './terraformValueTypes.ts';

/** What the schemas know to offer at a cursor: types, arguments, blocks, labels, values, and attributes of references. */
export function* terraformSchemaCompletions(
  types: ValueTypes,
  module: TerraformModule,
  file: HclFile,
  offset: number,
): Iterable<Completion> {
  const schemas = types.of(module);
  const place = hclPlaceAt(file, offset);
  if (file.source.uri.endsWith('.tfvars')) {
    if (place?.kind === 'name') yield* offeredNames(schemas.valuesAt(place.keys), place, file);
    return;
  }
  switch (place?.kind) {
    case 'name':
      yield* names(schemas, place, file);
      break;
    case 'label':
      yield* labels(schemas, place, file);
      break;
    case 'value':
      yield* values(types, module, place);
      yield* ownValues(types, module, place);
      break;
  }
  if (place?.kind !== 'name') yield* attributes(types, module, file, offset);
}

function* names(schemas: ModuleSchemas, place: HclPlace & { kind: 'name' }, file: HclFile): Iterable<Completion> {
  yield* offeredNames(schemas.objectAt(place.blocks, place.keys), place, file);
}

function* offeredNames(
  body: TerraformBody | undefined,
  place: HclPlace & { kind: 'name' },
  file: HclFile,
): Iterable<Completion> {
  if (!body) return;
  const inObject = place.keys.length > 0;
  const indent = indentAt(file, place.span.start);
  for (const member of body.members.values()) {
    if (!member.settable || (place.present.has(member.name) && !(member.asBlock && !member.atMostOne))) continue;
    yield {
      label: member.name,
      kind: member.asBlock && !member.asArgument && !inObject ? 'keyword' : 'field',
      detail: detailOf(member),
      documentation: () => memberText(member),
      ...(place.hasRest
        ? { newText: member.name }
        : { newText: membersSnippet([member], { indent, inObject }), isSnippet: true }),
      span: place.span,
      sortText: `${rank(member)}${member.name}`,
      ...(member.deprecation && { isDeprecated: true }),
    };
  }
  const demanded = requiredSkeleton(body).filter((name) => !place.present.has(name));
  if (demanded.length > 1 && !place.hasRest && place.blocks.length > 0) {
    yield {
      label: 'required arguments',
      kind: 'snippet',
      detail: demanded.join(', '),
      newText: membersSnippet(
        demanded.map((name) => body.members.get(name)!),
        { indent, inObject },
      ),
      isSnippet: true,
      span: place.span,
      sortText: '!',
    };
  }
  if (!inObject && place.blocks.length > 0 && hasBlocks(body)) {
    yield {
      label: 'dynamic',
      kind: 'keyword',
      detail: 'blocks from a collection',
      documentation: () => 'Makes one block for each item of a collection.',
      ...(place.hasRest
        ? { newText: 'dynamic' }
        : {
            newText: `dynamic "\${1:block}" {\n${indent}  for_each = \${2}\n${indent}  content {\n${indent}    \${0}\n${indent}  }\n${indent}}`,
            isSnippet: true,
          }),
      span: place.span,
      sortText: '6dynamic',
    };
  }
}

function hasBlocks(body: TerraformBody): boolean {
  return [...body.members.values()].some(({ asBlock, settable, labels }) => asBlock && settable && labels.length === 0);
}

/** Required first, then what is usual, then blocks, then what belongs to every resource, deprecated last. */
function rank(member: TerraformMember): number {
  if (member.deprecation) return 9;
  if (member.required) return 0;
  if (META.has(member.name)) return 5;
  return member.asBlock ? 3 : 1;
}

const META: ReadonlySet<string> = new Set([
  'connection',
  'count',
  'depends_on',
  'for_each',
  'id',
  'lifecycle',
  'provider',
  'provisioner',
  'tags_all',
  'timeouts',
]);

function* labels(schemas: ModuleSchemas, place: HclPlace & { kind: 'label' }, file: HclFile): Iterable<Completion> {
  const { type, before, blocks } = place;
  const offered = (label: string, detail: string, newText?: string, documentation?: () => string): Completion => ({
    label,
    kind: 'value',
    detail,
    newText: newText ?? (place.quoted ? label : `"${label}"`),
    span: newText === undefined || !place.toLineEnd ? place.span : place.toLineEnd,
    ...(newText === undefined ? {} : { isSnippet: true }),
    ...(documentation ? { documentation } : {}),
  });
  if (before.length > 0) return;
  if (type === 'dynamic') {
    const body = schemas.bodyAt(blocks);
    for (const member of body.members.values()) {
      if (!member.asBlock || !member.settable || member.labels.length > 0) continue;
      yield offered(member.name, detailOf(member), undefined, () => memberText(member));
    }
  } else if (type === 'provider') {
    for (const provider of schemas.usable()) {
      if (provider.name !== 'terraform') yield offered(provider.name, provider.source);
    }
  } else if (type === 'backend' || type === 'provisioner') {
    for (const label of KNOWN_LABELS[type]) yield offered(label, type);
  } else if (type === 'resource' || type === 'data' || type === 'ephemeral') {
    const indent = indentAt(file, place.span.start);
    for (const provider of schemas.usable()) {
      for (const label of provider.types(type)) {
        const skeleton = place.toLineEnd && emptyBlock(label, place, indent);
        yield offered(label, `${provider.name} ${provider.version ?? ''}`.trim(), skeleton, () =>
          typeText(provider.find(type, label)),
        );
      }
    }
  }
}

const KNOWN_LABELS: Readonly<Record<'backend' | 'provisioner', readonly string[]>> = {
  backend: ['azurerm', 'consul', 'gcs', 'http', 'kubernetes', 'local', 'pg', 'remote', 's3'],
  provisioner: ['file', 'local-exec', 'remote-exec'],
};

/** Types are many and their bodies are read when they are needed, so only the braces are written here. */
function emptyBlock(label: string, { quoted }: HclPlace & { kind: 'label' }, indent: string): string {
  return `${quoted ? '' : '"'}${label}" "\${1:name}" {\n${indent}  \${0}\n${indent}}`;
}

function* values(
  types: ValueTypes,
  module: TerraformModule,
  place: HclPlace & { kind: 'value' },
): Iterable<Completion> {
  const schemas = types.of(module);
  const member = schemas.memberAt(place.blocks, place.keys);
  if (!member) return;
  let { type } = member;
  while ('element' in type) type = type.element;
  const isText = type.kind === 'string';
  for (const value of member.values) {
    if (place.quoted && !isText && member.type.kind === 'any') continue;
    yield {
      label: value,
      kind: 'value',
      detail: member.name,
      newText: isText && !place.quoted ? `"${value}"` : value,
      span: place.span,
      sortText: `0${value}`,
    };
  }
  if (type.kind === 'bool' && !place.quoted) {
    for (const value of ['true', 'false']) {
      yield { label: value, kind: 'keyword', newText: value, span: place.span, sortText: `0${value}` };
    }
  }
  if (place.quoted) return;
  for (const { text, detail } of fittingReferences(types, module, place.blocks, member)) {
    yield { label: text, kind: 'reference', detail, newText: text, span: place.span, sortText: `1${text}` };
  }
}

/** Values of Terraform's own arguments. */
function* ownValues(
  types: ValueTypes,
  module: TerraformModule,
  place: HclPlace & { kind: 'value' },
): Iterable<Completion> {
  for (const { text, detail, isText } of metaValues(types.project, module, types.of(module), place)) {
    if (place.quoted && !isText) continue;
    const newText = isText && !place.quoted ? `"${text}"` : text;
    yield { label: text, kind: isText ? 'file' : 'reference', detail, newText, span: place.span, sortText: `1${text}` };
  }
}

/** The attributes after `aws_vpc.main.`, with their types. */
function* attributes(types: ValueTypes, module: TerraformModule, file: HclFile, offset: number): Iterable<Completion> {
  const typed = typedReferenceAt(file, offset);
  if (!typed || typed.names.length === 0) return;
  const names = typed.names[0] === 'self' ? [...selfAddress(file, offset), ...typed.names.slice(1)] : typed.names;
  const referred = types.referred(module, names);
  const body = referred && bodyOf(referred.type);
  if (!body || referred.type.kind === 'map') return;
  for (const member of body.members.values()) {
    yield {
      label: member.name,
      kind: 'field',
      detail: valueTypeText(member.type),
      documentation: () => memberText(member),
      newText: member.name,
      span: typed.span,
      ...(member.deprecation && { isDeprecated: true }),
    };
  }
}

/** The address of the resource that `self` stands for. */
function selfAddress(file: HclFile, offset: number): readonly string[] {
  const [top] = blocksAt(file, offset);
  const labels = top?.labels.map(({ value }) => value) ?? [];
  return top?.type === 'data' ? ['data', ...labels] : labels;
}

export function detailOf(member: TerraformMember): string {
  const use = member.required
    ? 'required'
    : member.settable
      ? member.computed
        ? 'optional, computed'
        : 'optional'
      : 'computed';
  const isBlock = member.asBlock && !member.asArgument;
  return `${isBlock ? 'block' : valueTypeText(member.type)}, ${use}`;
}

export function memberText(member: TerraformMember): string {
  const deprecation = member.deprecation && `**Deprecated.** ${member.deprecation}`;
  const skeleton = member.asBlock && !member.asArgument ? requiredNames(bodyOf(member.type)) : '';
  return [deprecation, member.text, skeleton].filter((part) => part !== '').join('\n\n');
}

function typeText(schema: TerraformTypeSchema | undefined): string {
  return schema ? requiredNames(schema.body) : '';
}

function requiredNames(body: TerraformBody | undefined): string {
  const required = body ? requiredSkeleton(body) : [];
  return required.length > 0 ? `Required: ${required.map((name) => `\`${name}\``).join(', ')}` : '';
}

function indentAt({ source }: HclFile, offset: number): string {
  const { start } = source.lineSpan(source.lineAt(offset));
  return /^[ \t]*/.exec(source.text.slice(start, offset))?.[0] ?? '';
}
