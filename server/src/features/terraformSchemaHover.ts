import { parseCidr } from '../languages/terraform/cidr.ts';
import { blocksAt, containerAt } from '../languages/terraform/hclPlace.ts';
import type { HclBlock, HclFile } from '../languages/terraform/hclSyntax.ts';
import { plainText, type TerraformModule } from '../languages/terraform/terraformModule.ts';
import { pathAt } from '../languages/terraform/walkHcl.ts';
import {
  bodyOf,
  type TerraformMember,
  type TerraformTypeSchema,
  valueTypeText,
} from '../schema/terraform/terraformSchema.ts';
import type { Span } from '../text/sourceText.ts';
import { cidrInWords } from './cidrInWords.ts';
import type { Explanation } from './languageFeatures.ts';
import { registryPage } from './registryPage.ts';
import { detailOf, memberText } from './terraformSchemaCompletion.ts';
import type { ModuleSchemas } from './terraformSchemas.ts';
import type { ValueTypes } from './terraformValueTypes.ts';

/** What the schemas say of the thing at a cursor: an argument, a block, a type, an attribute of a reference, a CIDR block. */
export function terraformSchemaHover(
  types: ValueTypes,
  module: TerraformModule,
  file: HclFile,
  offset: number,
): Explanation | undefined {
  const schemas = types.of(module);
  const blocks = blocksAt(file, offset);
  return (
    itemHover(schemas, blocks, file, offset) ??
    keyHover(schemas, file, offset) ??
    attributeHover(types, module, file, offset) ??
    addressHover(file, offset)
  );
}

function itemHover(
  schemas: ModuleSchemas,
  blocks: readonly HclBlock[],
  file: HclFile,
  offset: number,
): Explanation | undefined {
  const touches = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  for (const item of (blocks.at(-1)?.body ?? file.body).items) {
    if (!touches(item.span)) continue;
    if (item.kind === 'attribute' && touches(item.nameSpan)) {
      const member = schemas.bodyAt(blocks).members.get(item.name);
      return member && { span: item.nameSpan, markdown: memberMarkdown(member, pageOf(schemas, blocks, member.name)) };
    }
    if (item.kind !== 'block') continue;
    if (touches(item.typeSpan)) {
      const member = schemas.bodyAt(blocks).members.get(item.type);
      return member && { span: item.typeSpan, markdown: memberMarkdown(member, pageOf(schemas, blocks, member.name)) };
    }
    const [label] = item.labels;
    if (!label || !touches(label.span)) return undefined;
    const type = blocks.length === 0 || item.type === 'data' ? schemas.typeOf(item) : undefined;
    if (type) return { span: label.span, markdown: typeMarkdown(type) };
    const made = item.type === 'dynamic' ? schemas.bodyAt(blocks).members.get(label.value) : undefined;
    return made && { span: label.span, markdown: memberMarkdown(made, pageOf(schemas, blocks, made.name)) };
  }
  return undefined;
}

/** A key of an object whose structure is known. */
function keyHover(schemas: ModuleSchemas, file: HclFile, offset: number): Explanation | undefined {
  const object = pathAt(file.body, offset).findLast(({ kind }) => kind === 'object');
  if (object?.kind !== 'object') return undefined;
  const entry = object.entries.find(({ key }) => key.span.start <= offset && offset <= key.span.end);
  const name = entry && (entry.key.kind === 'variable' ? entry.key.name : plainText(entry.key));
  if (!entry || name === undefined) return undefined;
  const { blocks, keys } = containerAt(file, entry.key.span.start);
  const member = keys.length > 0 ? schemas.objectAt(blocks, keys)?.members.get(name) : undefined;
  return member && { span: entry.key.span, markdown: memberMarkdown(member, undefined) };
}

function attributeHover(
  types: ValueTypes,
  module: TerraformModule,
  file: HclFile,
  offset: number,
): Explanation | undefined {
  const node = pathAt(file.body, offset).findLast(({ kind }) => kind === 'access');
  if (node?.kind !== 'access' || node.target.kind !== 'variable') return undefined;
  const names = [node.target.name];
  for (const step of node.steps) {
    if (step.kind !== 'attribute') continue;
    names.push(step.name);
    if (step.nameSpan.start > offset || offset > step.nameSpan.end) continue;
    const [top] = blocksAt(file, offset);
    const labels = top?.labels.map(({ value }) => value) ?? [];
    const address = names[0] === 'self' ? [...labels, ...names.slice(1)] : names;
    const member = types.referred(module, address)?.member;
    return member && { span: step.nameSpan, markdown: memberMarkdown(member, undefined) };
  }
  return undefined;
}

/** A text that is a block of addresses, in words. */
function addressHover(file: HclFile, offset: number): Explanation | undefined {
  const node = pathAt(file.body, offset).findLast(({ kind }) => kind === 'template');
  const text = node?.kind === 'template' ? plainText(node) : undefined;
  const block = text === undefined ? undefined : parseCidr(text);
  return node && block && { span: node.span, markdown: cidrInWords(block) };
}

function memberMarkdown(member: TerraformMember, page: string | undefined): string {
  const header = `**${member.name}** (${detailOf(member)})`;
  const usual = member.values.length > 0 ? `Values: ${member.values.map((value) => `\`${value}\``).join(', ')}` : '';
  const secret = member.sensitive ? 'The value is sensitive.' : '';
  const link = page === undefined ? '' : `[Documentation](${page})`;
  return [header, memberText(member), usual, secret, link].filter((part) => part !== '').join('\n\n');
}

function typeMarkdown(type: TerraformTypeSchema): string {
  const { name, kind, provider, body } = type;
  const noun = { resource: 'resource', data: 'data source', ephemeral: 'ephemeral resource', provider: 'provider' }[
    kind
  ];
  const members = [...body.members.values()];
  const required = members.filter((member) => member.required);
  const version = provider.version === undefined ? '' : ` ${provider.version}`;
  const lines = [`**${name}** (${noun} of ${provider.source}${version})`];
  if (required.length > 0) {
    const shown = required.map((member) => {
      const isBlock = member.asBlock && !member.asArgument;
      return `\`${member.name}\` (${isBlock && bodyOf(member.type) ? 'block' : valueTypeText(member.type)})`;
    });
    lines.push(`Required: ${shown.join(', ')}`);
  }
  const page = registryPage(type);
  if (page !== undefined) lines.push(`[Documentation](${page})`);
  return lines.join('\n\n');
}

function pageOf(schemas: ModuleSchemas, blocks: readonly HclBlock[], name: string): string | undefined {
  const [top] = blocks;
  const type = top && schemas.typeOf(top);
  const page = type?.body.members.has(blocks.length === 1 ? name : (blocks[1]?.type ?? ''))
    ? registryPage(type)
    : undefined;
  return page === undefined || blocks.length > 1 ? page : `${page}#${name}`;
}
