import type { ValuePath } from '../../languages/helm/templateShape.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Chart } from '../../workspace/helm/chart.ts';
import { effectiveValue, type SetValue, valuesAt } from '../../workspace/helm/chartValues.ts';
import { schemasAt } from '../../workspace/helm/valuesSchema.ts';
import { isSecret, withoutSecrets } from './secretValues.ts';

const LONGEST = 60;
const MOST_LINES = 12;

/** `.Values.image.tag`, as it is written in the chart's own templates. */
export function valueExpression(path: ValuePath): string {
  return path.reduce<string>((written, segment) => written + (segment === null ? '[…]' : `.${segment}`), '.Values');
}

/** What a value is, where it is set, and what the schema and the comments of the values file say of it. */
export function valueMarkdown(chart: Chart, path: ValuePath): string {
  const parts = [`**\`${valueExpression(path)}\`**${chart.name === undefined ? '' : ` of chart ${chart.name}`}`];
  const set = valuesAt(chart, path);
  const effective = effectiveValue(chart, path);
  if (effective) parts.push(inBlock(effective.node, path));
  const description = valueDescription(chart, path);
  if (description !== undefined) parts.push(description);
  const schema = schemaInWords(chart, path);
  if (schema !== undefined) parts.push(schema);
  if (set.length > 0 && !path.includes(null)) {
    parts.push(set.map((one) => `- ${placeInWords(one, chart, path)}`).join('\n'));
  } else if (set.length === 0) {
    parts.push('No values file sets it.');
  }
  return parts.join('\n\n');
}

/** The value on one line, for the end of a completion or a hint; undefined for what is no scalar, and for secrets. */
export function shortValue(node: SourceNode, path: ValuePath): string | undefined {
  if (node.kind !== 'scalar' || isSecret(node, path)) return undefined;
  const text =
    node.scalar === null ? 'null' : typeof node.scalar === 'string' ? JSON.stringify(node.scalar) : String(node.scalar);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** What the schema describes, else the comment above the key in `values.yaml`. */
export function valueDescription(chart: Chart, path: ValuePath): string | undefined {
  for (const schema of schemasAt(chart, path)) {
    const text = schema.text('description') ?? schema.text('title');
    if (text !== undefined) return text;
  }
  for (const { node } of valuesAt(chart, path)) {
    const comment = commentAbove(node);
    if (comment !== '') return comment;
  }
  return undefined;
}

/** `string, one of Always, Never; required` */
function schemaInWords(chart: Chart, path: ValuePath): string | undefined {
  const words: string[] = [];
  for (const schema of schemasAt(chart, path)) {
    const type = schema.find('type');
    const types = type?.kind === 'list' ? type.items.flatMap((item) => item.text() ?? []) : [type?.text() ?? []].flat();
    if (types.length > 0) words.push(types.join(' or '));
    const values = schema.find('enum')?.items.flatMap((item) => item.text() ?? []) ?? [];
    if (values.length > 0) words.push(`one of ${values.map((value) => `\`${value}\``).join(', ')}`);
    const pattern = schema.text('pattern');
    if (pattern !== undefined) words.push(`matches \`${pattern}\``);
    const least = schema.text('minimum');
    if (least !== undefined) words.push(`at least ${least}`);
    const most = schema.text('maximum');
    if (most !== undefined) words.push(`at most ${most}`);
  }
  return words.length > 0 ? [...new Set(words)].join(', ') : undefined;
}

function inBlock(node: SourceNode, path: ValuePath): string {
  if (isSecret(node, path)) return 'The value is not shown.';
  if (node.kind === 'scalar') return `\`${shortValue(node, path) ?? ''}\``;
  const lines = withoutSecrets(node)
    .trimEnd()
    .split(/\r\n?|\n/);
  const column = node.source.positionAt(node.span.start).character;
  const shown = lines
    .slice(0, MOST_LINES)
    .map((line, index) => (index === 0 ? line : line.slice(Math.min(column, indentOf(line)))));
  if (lines.length > MOST_LINES) shown.push('…');
  return `\`\`\`yaml\n${shown.join('\n')}\n\`\`\``;
}

function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)![0].length;
}

function placeInWords({ node, tree }: SetValue, chart: Chart, path: ValuePath): string {
  const { source } = node;
  const line = source.lineAt(node.keyPlace.span.start) + 1;
  const name = decodeURIComponent(source.uri.slice(source.uri.lastIndexOf('/') + 1));
  const owner = tree.chart === chart ? '' : ` of chart ${tree.chart.name ?? ''}`.trimEnd();
  const value = shortValue(node, path);
  return `[${name}:${line}](${source.uri}#L${line})${owner}${value === undefined ? '' : `: \`${value}\``}`;
}

/** The comment lines right above a key; the marks of documentation generators (`# --`) are left out. */
function commentAbove({ source, keySpan }: SourceNode): string {
  if (!keySpan) return '';
  const lines: string[] = [];
  for (let line = source.lineAt(keySpan.start) - 1; line >= 0; line--) {
    const text = source.slice(source.lineSpan(line)).trim();
    if (!text.startsWith('#')) break;
    lines.unshift(text.replace(/^#+\s?(?:--\s*)?/, ''));
  }
  return lines
    .filter((line) => !/^@\w+|^[-=#]+$/.test(line))
    .join('\n')
    .trim();
}
