import type { RawNode } from '../../text/sourceNode.ts';
import type { TemplateMarks } from './templateMarks.ts';

export function readPlain(_text: string, _marks: TemplateMarks): RawNode | undefined {
  return undefined;
}
