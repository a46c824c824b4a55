import { functionLabel } from '../../languages/helm/templateFunction.ts';
import { FUNCTIONS } from '../../languages/helm/templateFunctions.ts';
import type { Action } from '../../languages/helm/templateSyntax.ts';
import type { TemplateToken } from '../../languages/helm/templateToken.ts';
import type { Span } from '../../text/sourceText.ts';
import type { Completion, Cursor } from '../languageFeatures.ts';
import { holds } from './helmPlace.ts';
import { memberCompletions } from './memberCompletions.ts';
import { namedTemplateMarkdown } from './namedTemplateMarkdown.ts';
import { actionAt, type OpenTemplate, openTemplate, scopesAt } from './templateAt.ts';

const KEYWORDS: Readonly<Record<string, string>> = {
  if: 'Renders what follows where the value is not empty.',
  else: 'The other branch of an `if`, `with` or `range`.',
  'else if': 'Another condition of an `if`.',
  end: 'Closes the block that is open.',
  range: 'Renders what follows once for each element, which is the dot inside.',
  with: 'Renders what follows with the value as the dot, unless the value is empty.',
  define: 'Gives a part of the file a name by which `include` calls it.',
  template: 'Renders a named template here; `include` gives a text that can be piped on.',
  block: 'Defines a named template and renders it here.',
  break: 'Ends the innermost `range`.',
  continue: 'Goes on with the next element of the innermost `range`.',
};

/** Offers inside the actions of a template: values, objects, functions, variables, named templates, keywords. */
export function* templateCompletions(cursor: Cursor): Generator<Completion> {
  const open = openTemplate(cursor);
  const action = open && actionAt(open.template, cursor.offset);
  if (!open || !action || action.isComment) return;
  const { offset } = cursor;
  const token = action.tokens.find(({ start, end }) => start < offset && offset <= end);
  const offered = new Set<string>();
  for (const offer of offersAt(open, action, token, offset)) {
    if (offered.has(offer.label)) continue;
    offered.add(offer.label);
    yield offer;
  }
}

function* offersAt(
  open: OpenTemplate,
  action: Action,
  token: TemplateToken | undefined,
  offset: number,
): Generator<Completion> {
  switch (token?.kind) {
    case 'string':
    case 'raw':
      // Behind the closing quote the text is over.
      if (offset < token.end) yield* inText(open, action, token, offset);
      return;
    case 'unclosed':
      yield* inText(open, action, token, offset);
      return;
    case 'field':
      yield* named(open, offset, false);
      return;
    case 'dot':
      for (const { dot } of scopesAt(open.runs, action)) {
        yield* memberCompletions(open.release, dot, { start: offset, end: offset });
      }
      return;
    case 'variable':
      yield* variables(open, action, token);
      return;
    case 'identifier':
    case 'keyword':
    case 'boolean':
    case 'nil':
      yield* words(open, action, token, offset);
      return;
    case 'number':
    case 'character':
      return;
    default:
      yield* words(open, action, undefined, offset);
  }
}

/** Names that are looked for in something known, at the name that the cursor touches. */
function* named({ release, runs }: OpenTemplate, offset: number, inQuotes: boolean): Generator<Completion> {
  for (const { reading } of runs) {
    for (const { span, base } of reading.names) {
      if (holds(span, offset)) yield* memberCompletions(release, base, span, inQuotes);
    }
  }
}

function* inText(open: OpenTemplate, action: Action, token: TemplateToken, offset: number): Generator<Completion> {
  const { text } = open.template;
  const before = action.tokens[action.tokens.indexOf(token) - 1];
  const word = before && text.slice(before.start, before.end);
  if (word === 'include' || word === 'template') {
    // A text that is not closed runs on to the end of its action; only what is a name is replaced.
    const start = token.start + 1;
    const end =
      token.kind === 'unclosed' ? start + /^[\w./-]*/.exec(text.slice(start, token.end))![0].length : token.end - 1;
    for (const [name, definitions] of open.release.definitions) {
      yield {
        label: name,
        kind: 'reference',
        documentation: () => namedTemplateMarkdown(open.release, name),
        detail: definitions[0]!.template.uri.slice(definitions[0]!.chart.folder.length),
        newText: name,
        span: { start, end: Math.max(start, end) },
      };
    }
    return;
  }
  yield* named(open, offset, true);
}

function* variables({ runs }: OpenTemplate, action: Action, span: Span): Generator<Completion> {
  const at = { start: span.start, end: span.end };
  for (const { variables: known } of scopesAt(runs, action)) {
    for (const name of known.keys()) yield { label: name, kind: 'variable', newText: name, span: at };
  }
  yield {
    label: '$',
    kind: 'variable',
    documentation: () => 'What the template was called with; in a file of the chart the root, with `$.Values`.',
    newText: '$',
    span: at,
  };
}

function* words(
  open: OpenTemplate,
  action: Action,
  token: TemplateToken | undefined,
  offset: number,
): Generator<Completion> {
  const span = token ? { start: token.start, end: token.end } : { start: offset, end: offset };
  const first = action.tokens[0];
  const isFirst = first === undefined || offset <= first.end;
  for (const { dot, root } of scopesAt(open.runs, action)) {
    const prefix = dot.kind === 'root' ? '.' : root.kind === 'root' ? '$.' : undefined;
    if (prefix === undefined) continue;
    for (const offer of memberCompletions(open.release, { kind: 'root', chart: '' }, span)) {
      yield { ...offer, label: prefix + offer.label, newText: prefix + offer.newText, sortText: `0${offer.label}` };
    }
  }
  if (!token) yield* variables(open, action, span);
  if (isFirst) {
    for (const [keyword, documentation] of Object.entries(KEYWORDS)) {
      yield {
        label: keyword,
        kind: 'keyword',
        documentation: () => documentation,
        newText: keyword,
        span,
        sortText: `1${keyword}`,
      };
    }
  }
  for (const definition of FUNCTIONS.values()) {
    yield {
      label: definition.name,
      kind: 'function',
      detail: functionLabel(definition),
      documentation: () => definition.documentation,
      newText: definition.name,
      span,
      sortText: `2${definition.name}`,
    };
  }
}
