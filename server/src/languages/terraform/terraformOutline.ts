import type { Span } from '../../text/sourceText.ts';
import type { OutlineItem } from '../language.ts';
import type { HclBody, HclFile, HclItem } from './hclSyntax.ts';

/** The blocks and arguments of a file; blocks inside blocks are their children. */
export function terraformOutline(file: HclFile): readonly OutlineItem[] {
  return outlineOf(file.body);
}

function outlineOf(body: HclBody): readonly OutlineItem[] {
  return body.items.map(itemOf);
}

function itemOf(item: HclItem): OutlineItem {
  const { span } = item;
  if (item.kind === 'attribute') return { name: item.name, kind: 'field', span, nameSpan: item.nameSpan, children: [] };
  const type = item.kind === 'block' ? item.type : item.name;
  const nameSpan = item.kind === 'block' ? item.typeSpan : item.nameSpan;
  const last = item.labels.at(-1);
  const labels = item.labels.map(({ value }) => value);
  const children = item.kind === 'block' ? outlineOf(item.body) : [];
  // A resource is known by its address, other blocks by their label.
  const isResource = labels.length === 2;
  const name = labels.length === 0 ? type : labels.join('.');
  return {
    name,
    ...(labels.length > 0 && { detail: type }),
    kind: isResource ? 'resource' : type === 'variable' ? 'variable' : 'block',
    span,
    // In JSON, the label of several blocks stands before all of them.
    nameSpan: inside(last?.span ?? nameSpan, span),
    children,
  };
}

function inside(inner: Span, outer: Span): Span {
  return inner.start < outer.start ? { start: outer.start, end: outer.start + 1 } : inner;
}
