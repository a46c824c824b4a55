import assert from 'node:assert/strict';
import { maskTemplate, type TemplateAction } from '../../../server/src/languages/helm/maskTemplate.ts';
import { readWithLibrary } from '../../../server/src/languages/yaml/libraryReader.ts';
import { readPlain } from '../../../server/src/languages/yaml/plainReader.ts';
import { splitDocuments } from '../../../server/src/languages/yaml/splitDocuments.ts';
import { TemplateMarks } from '../../../server/src/languages/yaml/templateMarks.ts';

/** How many documents both readers read. */
export interface Comparison {
  readonly documents: number;
  readonly plain: number;
}

/**
 * Reads every document of a file with both readers of YAML. Where the plain reader gives a tree, the library must give
 * the same and no problem. Masks the actions of a template first when told to.
 */
export function compareReaders(file: string, template = false): Comparison {
  const { text, actions } = template ? maskTemplate(file) : { text: file, actions: [] };
  let plain = 0;
  const spans = splitDocuments(text);
  for (const { start, end } of spans) {
    const own = actions
      .filter((action) => action.start < end && action.end > start)
      .map((action) => ({ ...action, start: action.start - start, end: action.end - start }));
    if (compareDocument(text.slice(start, end), own)) plain++;
  }
  return { documents: spans.length, plain };
}

/** Whether the plain reader took the document. */
export function compareDocument(text: string, actions: readonly TemplateAction[] = []): boolean {
  const root = readPlain(text, new TemplateMarks(text, actions));
  if (!root) return false;
  const expected = readWithLibrary(text, new TemplateMarks(text, actions));
  assert.deepEqual(expected.problems, [], `The library finds fault with ${JSON.stringify(text)}.`);
  assert.deepEqual(root, expected.root, `Another tree than the library's for ${JSON.stringify(text)}.`);
  return true;
}
