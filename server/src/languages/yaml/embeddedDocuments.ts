import { type RawNode, SourceNode } from '../../text/sourceNode.ts';
import { readDocument } from './readDocument.ts';
import { type ScalarText, scalarText } from './scalarText.ts';
import { splitDocuments } from './splitDocuments.ts';

const read = new WeakMap<SourceNode, readonly SourceNode[]>();

/**
 * The YAML or JSON documents that a scalar holds as text, such as a file in a ConfigMap. Their values lie in the lines
 * that wrote them; only those of a literal block can be edited there, so that the others are said to be derived.
 */
export function embeddedDocuments(scalar: SourceNode): readonly SourceNode[] {
  const known = read.get(scalar);
  if (known) return known;
  const text = scalarText(scalar);
  const documents = text ? readTexts(text, scalar) : [];
  read.set(scalar, documents);
  return documents;
}

function readTexts(text: ScalarText, scalar: SourceNode): readonly SourceNode[] {
  return splitDocuments(text.text).flatMap((part) => {
    const { root } = readDocument(text.text.slice(part.start, part.end));
    if (!root || root.kind === 'scalar') return [];
    return [new SourceNode(scalar.source, placedIn(text, part.start, root), 0)];
  });
}

function placedIn(text: ScalarText, base: number, node: RawNode): RawNode {
  const { start, end } = text.spanOf({ start: base + node.start, end: base + node.end });
  const key =
    node.keyStart === undefined || node.keyEnd === undefined
      ? undefined
      : text.spanOf({ start: base + node.keyStart, end: base + node.keyEnd });
  return {
    ...node,
    start,
    end,
    ...(key ? { keyStart: key.start, keyEnd: key.end } : {}),
    ...(text.literal ? {} : { derived: true }),
    ...(node.children ? { children: node.children.map((child) => placedIn(text, base, child)) } : {}),
  };
}
