import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/xml';
import type { SourceText, Span } from '../../text/sourceText.ts';

/** An element of an XML document, as far as it is written. */
export interface XmlElement {
  /** Without a prefix of a namespace. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** Text of the element itself, entities replaced, trimmed. */
  readonly text: string;
  /** Where the trimmed text stands; between the tags where there is none. */
  readonly textSpan: Span;
}

export interface XmlAttribute {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string;
  /** Without the quotes. */
  readonly valueSpan: Span;
}

export interface XmlDocument {
  /** Undefined where no element could be read. */
  readonly root: XmlElement | undefined;
  /** The first place that is no well-formed XML. */
  readonly fault: { readonly span: Span; readonly message: string } | undefined;
}

const LONGEST = 2_000_000;

/** Reads an XML document without ever failing: half-typed elements end where their parent does. No entity is fetched. */
export function parseXml(source: SourceText): XmlDocument {
  if (source.text.length > LONGEST) return { root: undefined, fault: undefined };
  const tree = parser.parse(source.text);
  let fault: XmlDocument['fault'];
  tree.iterate({
    enter(node) {
      if (fault) return false;
      if (node.type.isError || node.name === 'MissingCloseTag' || node.name === 'MismatchedCloseTag') {
        fault = { span: faultSpan(source, node.from, node.to), message: faultMessage(node.name) };
      }
      return undefined;
    },
  });
  const top = tree.topNode.getChild('Element');
  return { root: top ? element(source, top, 0) : undefined, fault };
}

function faultSpan(source: SourceText, from: number, to: number): Span {
  if (to > from) return { start: from, end: to };
  const line = source.lineSpan(source.lineAt(Math.min(from, source.text.length)));
  return { start: Math.min(Math.max(line.start, from - 1), line.end), end: Math.min(from + 1, line.end) };
}

function faultMessage(name: string): string {
  if (name === 'MissingCloseTag') return 'This element is not closed.';
  if (name === 'MismatchedCloseTag') return 'This closes another element than the one that is open.';
  return 'This is no well-formed XML.';
}

/** Deeper elements are left out: no build file has them. */
const DEEPEST = 200;

function element(source: SourceText, node: SyntaxNode, depth: number): XmlElement {
  const open = node.getChild('OpenTag') ?? node.getChild('SelfClosingTag') ?? node.firstChild ?? node;
  const close = node.getChild('CloseTag') ?? node.getChild('MismatchedCloseTag') ?? node.getChild('MissingCloseTag');
  const tag = open.getChild('TagName');
  const inner: Span = { start: open.to, end: Math.max(open.to, close?.from ?? node.to) };
  const written = source.slice(inner);
  const children: XmlElement[] = [];
  let text = '';
  for (let child = open.nextSibling; child && child.from < inner.end; child = child.nextSibling) {
    const slice = source.text.slice(child.from, child.to);
    if (child.name === 'Element' && depth < DEEPEST) children.push(element(source, child, depth + 1));
    else if (child.name === 'Text') text += slice;
    else if (child.name === 'EntityReference' || child.name === 'CharacterReference') text += entity(slice);
    else if (child.name === 'Cdata') text += slice.slice('<![CDATA['.length, -']]>'.length);
  }
  const lead = written.length - written.trimStart().length;
  const textSpan =
    written.trim() === ''
      ? { start: inner.start, end: inner.start }
      : { start: inner.start + lead, end: inner.start + written.trimEnd().length };
  return {
    name: tag ? local(source.text.slice(tag.from, tag.to)) : '',
    nameSpan: tag ? { start: tag.from, end: tag.to } : { start: node.from, end: Math.min(node.from + 1, node.to) },
    span: { start: node.from, end: node.to },
    attributes: open.getChildren('Attribute').flatMap((attribute) => readAttribute(source, attribute)),
    children,
    text: text.trim(),
    textSpan,
  };
}

function readAttribute(source: SourceText, node: SyntaxNode): XmlAttribute[] {
  const name = node.getChild('AttributeName');
  const value = node.getChild('AttributeValue');
  if (!name || !value) return [];
  const valueSpan = { start: value.from + 1, end: Math.max(value.from + 1, value.to - 1) };
  return [
    {
      name: source.text.slice(name.from, name.to),
      nameSpan: { start: name.from, end: name.to },
      value: source.slice(valueSpan).replace(/&[^;\s]+;/g, entity),
      valueSpan,
    },
  ];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};

function entity(written: string): string {
  const code = /^&#(?:x([0-9a-f]+)|(\d+));$/i.exec(written);
  const point = code ? Number.parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10) : Number.NaN;
  if (point >= 0 && point <= 0x10ffff) return String.fromCodePoint(point);
  return ENTITIES[written] ?? written;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
