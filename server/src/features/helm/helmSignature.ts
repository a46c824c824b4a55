import { functionLabel, parameterLabel } from '../../languages/helm/templateFunction.ts';
import { FUNCTIONS } from '../../languages/helm/templateFunctions.ts';
import type { TemplateToken } from '../../languages/helm/templateToken.ts';
import type { Cursor, Signature } from '../languageFeatures.ts';
import { namedTemplateMarkdown } from './namedTemplateMarkdown.ts';
import { actionAt, openTemplate } from './templateAt.ts';

/** The function call that the cursor is in, and which of its arguments. */
export function helmSignature(cursor: Cursor): Signature | undefined {
  const open = openTemplate(cursor);
  const action = open && actionAt(open.template, cursor.offset);
  if (!open || !action || action.isComment) return undefined;
  const { text } = open.template;
  const call = callAt(action.tokens, cursor.offset);
  if (!call) return undefined;
  const definition = FUNCTIONS.get(text.slice(call.name.start, call.name.end));
  if (!definition) return undefined;
  const { parameters } = definition;
  const last = parameters.length - 1;
  const active =
    parameters.length === 0 ? undefined : parameters[last]!.isRepeated ? Math.min(call.index, last) : call.index;
  const quoted =
    definition.name === 'include' && call.first ? text.slice(call.first.start + 1, call.first.end - 1) : '';
  const called = quoted === '' ? undefined : namedTemplateMarkdown(open.release, quoted);
  return {
    label: functionLabel(definition),
    parameters: parameters.map(parameterLabel),
    active: active !== undefined && active <= last ? active : undefined,
    documentation: called === undefined ? definition.documentation : `${definition.documentation}\n\n${called}`,
  };
}

/** The name of the function before the cursor, and the index of the argument that the cursor touches or would begin. */
function callAt(
  tokens: readonly TemplateToken[],
  offset: number,
): { name: TemplateToken; index: number; first: TemplateToken | undefined } | undefined {
  const before = tokens.filter((token) => token.start < offset);
  let depth = 0;
  let from = before.length;
  while (from > 0) {
    const { kind, end } = before[from - 1]!;
    if (kind === 'close' && end <= offset) depth++;
    else if (kind === 'open' && depth-- === 0) break;
    else if (depth === 0 && ['pipe', 'declare', 'assign', 'keyword'].includes(kind)) break;
    from--;
  }
  const [name, ...rest] = before.slice(from);
  if (name?.kind !== 'identifier' || name.end >= offset) return undefined;
  // Tokens that touch are one argument, and so is all that stands in a parenthesis.
  const starts: TemplateToken[] = [];
  let end = -1;
  depth = 0;
  for (const token of rest) {
    if (depth === 0 && token.start !== end && token.kind !== 'close') starts.push(token);
    if (token.kind === 'open') depth++;
    if (token.kind === 'close') depth--;
    end = token.end;
  }
  const touches = rest.length > 0 && offset <= rest.at(-1)!.end;
  return { name, index: Math.max(0, starts.length - (touches ? 1 : 0)), first: starts[0] };
}
