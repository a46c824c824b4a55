import { readDocument } from '../../languages/yaml/readDocument.ts';
import { splitDocuments } from '../../languages/yaml/splitDocuments.ts';
import { SourceNode } from '../../text/sourceNode.ts';

/**
 * The documents of a patch that is written as text in a kustomization. A literal block is read where it stands, so that
 * its values lie in the lines that wrote them; any other text lies, as a whole, at the scalar.
 */
export function readPatchText(scalar: SourceNode): SourceNode[] {
  const text = scalar.text();
  if (text === undefined) return [];
  const { source, span } = scalar;
  const header = /^\|[^\n\r]*(?:\r\n|\n)/.exec(source.text.slice(span.start, span.end));
  if (header) {
    const start = span.start + header[0].length;
    const body = source.text.slice(start, span.end);
    const indent = /^(?:[ \t]*(?:\r\n|\n))*( *)/.exec(body)![1]!;
    // Separators stand at the block's own indentation, where the YAML of the file takes them for text.
    const parts =
      indent === ''
        ? [0]
        : [0, ...[...body.matchAll(/^ *---[ \t]*\r?$/gm)].map(({ index, 0: line }) => index + line.length)];
    return parts.flatMap((from, index) => {
      const next = parts[index + 1];
      const part = body.slice(from, next === undefined ? undefined : body.lastIndexOf('---', next));
      const { root } = readDocument(part);
      return root && root.kind !== 'scalar' ? [new SourceNode(source, root, start + from)] : [];
    });
  }
  return splitDocuments(text).flatMap((part) => {
    const { root } = readDocument(text.slice(part.start, part.end));
    if (!root || root.kind === 'scalar') return [];
    return [new SourceNode(source, placedAt(root, span.start, span.end), 0)];
  });
}

type Raw = NonNullable<ReturnType<typeof readDocument>['root']>;

function placedAt(node: Raw, start: number, end: number): Raw {
  const { keyStart: _start, keyEnd: _end, ...rest } = node;
  return {
    ...rest,
    start,
    end,
    derived: true,
    ...(node.children ? { children: node.children.map((child) => placedAt(child, start, end)) } : {}),
  };
}
