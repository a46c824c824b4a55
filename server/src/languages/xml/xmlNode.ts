import { type RawNode, SourceNode } from '../../text/sourceNode.ts';
import type { SourceText } from '../../text/sourceText.ts';
import type { XmlElement } from './parseXml.ts';

/**
 * An element as the tree that rules read: elements of one name are one list under that name, an element with text alone is
 * a scalar, attributes are scalars under `@name`.
 */
export function xmlNode(source: SourceText, element: XmlElement): SourceNode {
  return new SourceNode(source, rawOf(element));
}

function rawOf(element: XmlElement): RawNode {
  if (element.children.length === 0 && element.attributes.length === 0) {
    return { kind: 'scalar', ...element.textSpan, scalar: element.text, quoted: true };
  }
  const groups = new Map<string, XmlElement[]>();
  for (const child of element.children) groups.set(child.name, [...(groups.get(child.name) ?? []), child]);
  const lists = [...groups].map(([key, members]): RawNode => {
    const first = members[0]!;
    return {
      kind: 'list',
      start: first.span.start,
      end: members.at(-1)!.span.end,
      key,
      keyStart: first.nameSpan.start,
      keyEnd: first.nameSpan.end,
      children: members.map(rawOf),
    };
  });
  const attributes = element.attributes.map(
    ({ name, nameSpan, value, valueSpan }): RawNode => ({
      kind: 'scalar',
      ...valueSpan,
      key: `@${name}`,
      keyStart: nameSpan.start,
      keyEnd: nameSpan.end,
      scalar: value,
      quoted: true,
    }),
  );
  return { kind: 'map', ...element.span, children: [...attributes, ...lists] };
}
