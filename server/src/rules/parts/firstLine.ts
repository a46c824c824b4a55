import type { Place } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';

/** The first line of a file: where something is shown that its name says. */
export function firstLine({ root: { source } }: Resource): Place {
  return { source, span: source.lineSpan(0) };
}
