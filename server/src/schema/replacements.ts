import type { SourceNode } from '../text/sourceNode.ts';
import type { Span } from '../text/sourceText.ts';
import type { SchemaType } from './schema.ts';
import type { SchemaReplacement } from './schemaProblem.ts';

const UNQUOTED: Partial<Record<SchemaType, RegExp>> = {
  integer: /^-?(?:0|[1-9]\d*)$/,
  number: /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/,
  boolean: /^(?:true|false)$/,
};

/** Writes the same scalar as the wanted type, where its text allows no doubt. */
export function convertScalar(node: SourceNode, wanted: SchemaType): SchemaReplacement | undefined {
  const { span, scalar, source } = node;
  if (wanted === 'string' && !node.quoted) {
    const written = source.slice(span);
    if (/^[\w.+-]+$/.test(written)) return { title: 'Quote the value', span, newText: `"${written}"`, safe: true };
  }
  if (typeof scalar !== 'string' || !node.quoted || !UNQUOTED[wanted]?.test(scalar)) return undefined;
  return { title: 'Remove the quotes', span, newText: scalar, safe: true };
}

/**
 * Puts `near` in the place of a misspelt name, in the same quotes. Safe when the two differ in case, hyphens and
 * underscores only.
 */
export function respell(title: string, node: SourceNode, span: Span, name: string, near: string): SchemaReplacement {
  const written = node.source.slice(span);
  const quote = written[0] === '"' || written[0] === "'" ? written[0] : '';
  const plain = (text: string) => text.toLowerCase().replace(/[-_]/g, '');
  return { title, span, newText: quote + near + quote, safe: plain(name) === plain(near) };
}
