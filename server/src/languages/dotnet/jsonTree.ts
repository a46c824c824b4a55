import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { type RawNode, type Scalar, SourceNode } from '../../text/sourceNode.ts';
import type { SourceText } from '../../text/sourceText.ts';
import type { SyntaxProblem } from '../language.ts';

/** Deeper than configuration is ever written. */
const DEPTH_LIMIT = 200;

/** Reads JSON as .NET's configuration does, with comments and a comma behind the last entry. Never throws. */
export function readJsonTree(source: SourceText): {
  readonly root: SourceNode;
  readonly problems: readonly SyntaxProblem[];
} {
  const errors: ParseError[] = [];
  const text = source.text.replace(/^\ufeff/, ' ');
  const tree = isTooDeep(text) ? undefined : parseTree(text, errors, { allowTrailingComma: true });
  const problems = errors.slice(0, 20).map(
    ({ offset, length }): SyntaxProblem => ({
      span: { start: offset, end: Math.max(offset + length, Math.min(offset + 1, source.text.length)) },
      code: 'json',
      message: 'This cannot be read as JSON.',
      severity: 'error',
    }),
  );
  const raw: RawNode = tree ? rawOf(tree) : { kind: 'unknown', start: 0, end: source.text.length };
  // What follows a fault may not have been read: nothing is missing from such a file.
  return { root: new SourceNode(source, problems.length > 0 ? { ...raw, open: true } : raw), problems };
}

/** The parser calls itself for each level. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth > DEPTH_LIMIT) return true;
  }
  return false;
}

function rawOf(node: Node): RawNode {
  const span = { start: node.offset, end: node.offset + node.length };
  if (node.type === 'object') {
    const children = (node.children ?? []).flatMap((property): RawNode[] => {
      const [key, value] = property.children ?? [];
      if (!key) return [];
      const named = {
        key: String(key.value),
        keyStart: key.offset + 1,
        keyEnd: Math.max(key.offset + 1, key.offset + key.length - 1),
      };
      const end = key.offset + key.length;
      return [value ? { ...rawOf(value), ...named } : { kind: 'unknown', start: end, end, ...named }];
    });
    return { kind: 'map', ...span, children, flow: true };
  }
  if (node.type === 'array') return { kind: 'list', ...span, children: (node.children ?? []).map(rawOf), flow: true };
  if (node.type === 'string') {
    // The value without its quotes, as the carets of a message mark it.
    return {
      kind: 'scalar',
      start: span.start + 1,
      end: Math.max(span.start + 1, span.end - 1),
      scalar: String(node.value),
      quoted: true,
    };
  }
  return { kind: 'scalar', ...span, scalar: node.value as Scalar };
}
