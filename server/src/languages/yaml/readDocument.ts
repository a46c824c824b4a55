import type { RawNode } from '../../text/sourceNode.ts';
import type { TemplateAction } from '../helm/maskTemplate.ts';
import type { SyntaxProblem } from '../language.ts';
import { readWithLibrary } from './libraryReader.ts';
import { readPlain } from './plainReader.ts';
import { TemplateMarks } from './templateMarks.ts';

/** One document of a stream; offsets count from the start of its chunk. */
export interface RawDocument {
  readonly root: RawNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Reads one YAML document into the common tree. Never throws. `actions` are the template actions that were masked in
 * `text`: what they touch becomes unknown, and collections that they write into become open.
 */
export function readDocument(text: string, actions: readonly TemplateAction[] = []): RawDocument {
  const marks = new TemplateMarks(text, actions);
  const root = readPlain(text, marks);
  return root ? { root, problems: [] } : readWithLibrary(text, marks);
}
