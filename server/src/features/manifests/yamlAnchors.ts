import { Lexer } from 'yaml';
import type { Span } from '../../text/sourceText.ts';

/** `&name` where a value is named, `*name` where it is repeated. */
export interface YamlAnchor {
  readonly name: string;
  readonly kind: 'anchor' | 'alias';
  /** Of the name, without its mark. */
  readonly span: Span;
  /** An alias means the last anchor of its name above it, in its own document. */
  readonly document: number;
}

/** Every anchor and alias of a YAML text, in document order. Texts without their marks cost next to nothing. */
export function yamlAnchors(text: string): readonly YamlAnchor[] {
  if (!/(?:^|[\s[{,])[&*][^\s,[\]{}]/.test(text)) return [];
  const anchors: YamlAnchor[] = [];
  let offset = 0;
  let document = 0;
  for (const token of new Lexer().lex(text)) {
    // The lexer's own marks of documents and scalars stand for no text.
    if (token === '\x02' || token === '\x18' || token === '\x1f') continue;
    if (token === '---') document++;
    const mark = token[0];
    if ((mark === '&' || mark === '*') && token.length > 1) {
      const span = { start: offset + 1, end: offset + token.length };
      anchors.push({ name: token.slice(1), kind: mark === '&' ? 'anchor' : 'alias', span, document });
    }
    offset += token.length;
  }
  return anchors;
}

/** The anchor that the cursor means, with every alias that repeats it; undefined where it stands on neither. */
export function anchorAt(
  text: string,
  offset: number,
):
  | { readonly anchor: YamlAnchor | undefined; readonly aliases: readonly YamlAnchor[]; readonly at: YamlAnchor }
  | undefined {
  const all = yamlAnchors(text);
  const at = all.find(({ span }) => offset >= span.start - 1 && offset <= span.end);
  if (!at) return undefined;
  const anchor = anchorOf(at, all);
  const aliases = all.filter(
    (other) => other.kind === 'alias' && other.name === at.name && anchorOf(other, all) === anchor,
  );
  return { anchor, aliases, at };
}

function anchorOf(one: YamlAnchor, all: readonly YamlAnchor[]): YamlAnchor | undefined {
  if (one.kind === 'anchor') return one;
  return all.findLast(
    (other) =>
      other.kind === 'anchor' &&
      other.name === one.name &&
      other.document === one.document &&
      other.span.start < one.span.start,
  );
}
