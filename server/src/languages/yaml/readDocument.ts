import type { RawNode } from '../../text/sourceNode.ts';
import type { TemplateAction } from '../helm/maskTemplate.ts';
import type { SyntaxProblem } from '../language.ts';
import { readWithLibrary } from './libraryReader.ts';
import { readPlain } from './plainReader.ts';
import { TemplateMarks } from './templateMarks.ts';

/** The line that ends a document; wherever it seems to stand, no scalar holds it. */
const END = /^\.\.\.(?=[ \t\r\n]|$)/m;
const OBJECT = /^apiVersion[ \t]*:/m;
const CONTENT = /^[ \t]*[^ \t\r\n#%][^\r\n]*$/m;
const LEFT_OUT = /^[ \t]+(\.\.\.|…)[ \t]*$/gm;

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
  const end = END.exec(text);
  if (!end) return readWhole(text, actions);
  const document = readWhole(text.slice(0, end.index), actions);
  const after = end.index + end[0].length;
  const content = CONTENT.exec(text.slice(after));
  // Other programs go on with a further document.
  if (!content || !OBJECT.test(text)) return document;
  const start = after + content.index;
  const problem: SyntaxProblem = {
    span: { start, end: start + content[0].length },
    code: 'content-after-end',
    message: 'Kubernetes reads nothing below the line `...`, which ends the document; `---` begins the next one.',
    severity: 'warning',
  };
  return { root: document.root, problems: [...document.problems, problem] };
}

function readWhole(text: string, actions: readonly TemplateAction[]): RawDocument {
  const marks = new TemplateMarks(text, actions);
  const root = readPlain(text, marks);
  if (root) return { root, problems: [] };
  const document = readWithLibrary(text, marks);
  return (document.problems.length > 0 && readWithoutDots(text, marks, document.problems)) || document;
}

/**
 * Reads a document in which `...` stands for parts that its author left out, as if the dots were not there; undefined
 * where something else is wrong with it.
 */
function readWithoutDots(
  text: string,
  marks: TemplateMarks,
  problems: readonly SyntaxProblem[],
): RawDocument | undefined {
  const dots = [...text.matchAll(LEFT_OUT)]
    .map((match) => ({ start: match.index + match[0].indexOf(match[1]!), end: match.index + match[0].length }))
    // A problem with the dots begins at them, or in the lines that they are taken for a part of.
    .filter(({ start, end }) => problems.some(({ span }) => span.start <= end + 1 && span.end >= start - 1));
  if (dots.length === 0) return undefined;
  let rest = text;
  for (const { start, end } of dots) rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  const document = readWithLibrary(rest, marks);
  if (document.problems.length >= problems.length) return undefined;
  const told = dots.map(
    (span): SyntaxProblem => ({
      span,
      code: 'parts-left-out',
      message: 'YAML knows no dots for what is left out: write them as a comment, `# ...`.',
      severity: 'error',
    }),
  );
  return { root: document.root, problems: [...told, ...document.problems] };
}
