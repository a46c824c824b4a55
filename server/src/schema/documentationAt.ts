import type { PathSegment } from '../text/sourceNode.ts';
import type { Schema } from './schema.ts';
import { schemaAt } from './schemaAt.ts';
import type { ResourceSchema } from './schemaIndex.ts';
import { typeLabel } from './typeLabel.ts';

/**
 * What the schema says about the place `path`, as Markdown for a hover: path, type, whether it is required, text,
 * values, limits and default. Undefined where the schema knows nothing. Links to nothing.
 */
export function documentationAt(schema: Schema, path: readonly PathSegment[]): string | undefined {
  const place = schemaAt(schema, path);
  if (!place) return undefined;
  const { field } = place;
  const facts = [`\`${dotted(path)}\``, typeLabel(place.schema)];
  if (field?.required) facts.push('**required**');
  const parts = [facts.join(' · ')];
  const text = field?.text ?? place.schema.text;
  if (text !== '') parts.push(readable(text));
  const constraints = constraintsOf(place.schema);
  if (constraints.length > 0) parts.push(constraints.join('  \n'));
  return parts.join('\n\n');
}

/** The same for a kind as a whole. */
export function resourceDocumentation({ apiVersion, kind, schema, source }: ResourceSchema): string {
  const head = `**${kind}** · \`${apiVersion}\` · ${source}`;
  return schema.text === '' ? head : `${head}\n\n${readable(schema.text)}`;
}

/**
 * Text of upstream as it may be shown: addresses become code, because Slipway links to nothing outside; lines that only
 * look like headings stay lines.
 */
export function readable(text: string): string {
  return text
    .replace(/!?\[([^\]\n]*)\]\([^)\s]*\)/g, '$1')
    .replace(/<?\bhttps?:\/\/[^\s<>"'`)\]]*[^\s<>"'`)\].,;:]>?/g, (address) => `\`${address.replace(/[<>]/g, '')}\``)
    .replace(/``(https?:[^`]*)``/g, '`$1`')
    .replace(/^(\s*)#/gm, '$1\\#');
}

function dotted(path: readonly PathSegment[]): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += '[]';
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}

function constraintsOf({ keywords }: Schema): string[] {
  const lines: string[] = [];
  if (keywords.enum) {
    const values = keywords.enum.filter((value) => value !== '' && value !== null);
    lines.push(`Values: ${values.map((value) => `\`${String(value)}\``).join(', ')}`);
  }
  if (keywords.default !== undefined) lines.push(`Default: \`${JSON.stringify(keywords.default)}\``);
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = keywords;
  addLimits(lines, 'Value', minimum, maximum);
  addLimits(lines, 'Length', minLength, maxLength);
  addLimits(lines, 'Items', minItems, maxItems);
  if (keywords.pattern !== undefined) lines.push(`Pattern: \`${keywords.pattern.replaceAll('`', "'")}\``);
  return lines;
}

function addLimits(lines: string[], what: string, least: number | undefined, most: number | undefined): void {
  if (least !== undefined && most !== undefined) lines.push(`${what}: ${least} to ${most}`);
  else if (least !== undefined) lines.push(`${what}: at least ${least}`);
  else if (most !== undefined) lines.push(`${what}: at most ${most}`);
}
