import type { OutlineItem } from '../language.ts';
import type { Template } from './templateSyntax.ts';

/** The named templates that a file defines. */
export function templateOutline({ definitions }: Template): OutlineItem[] {
  return definitions.flatMap(({ kind, name, span }) =>
    name === undefined || name.value === ''
      ? []
      : [{ name: name.value, detail: kind, kind: 'block', span, nameSpan: name.contentSpan, children: [] }],
  );
}
