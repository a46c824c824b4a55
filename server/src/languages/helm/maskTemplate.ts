import type { Span } from '../../text/sourceText.ts';
import { tokenizeTemplate } from './tokenizeTemplate.ts';

/** What an action does to the text around it. */
export type ActionRole = 'output' | 'open' | 'middle' | 'close' | 'silent';

/** One `{{ … }}` of a Go template. */
export interface TemplateAction extends Span {
  readonly role: ActionRole;
  /** First word: `if`, `range`, `include`, `toYaml`, `.Values.x` … */
  readonly keyword: string;
  /** Nothing but actions and blanks stands on its lines. */
  readonly wholeLine: boolean;
}

/** A template with its actions replaced by text of the same length, so that every offset of the result holds in the original. */
export interface MaskedTemplate {
  readonly text: string;
  readonly actions: readonly TemplateAction[];
}

const OPENING = new Set(['if', 'range', 'with', 'define', 'block']);

/**
 * Masks the actions of a Go template. Actions that fill their lines become blanks; others become a run of letters, so
 * that the line around them keeps its shape. Never throws; an action that is not closed ends at the next line break.
 */
export function maskTemplate(text: string): MaskedTemplate {
  const spans = tokenizeTemplate(text);
  const actions: TemplateAction[] = [];
  const pieces: string[] = [];
  let position = 0;
  for (let index = 0; index < spans.length; index++) {
    const { start, end } = spans[index]!;
    const wholeLine = onlyActionsAround(text, spans, index);
    actions.push({ start, end, wholeLine, ...readRole(text.slice(start, end)) });
    pieces.push(text.slice(position, start), maskAction(text.slice(start, end), wholeLine));
    position = end;
  }
  pieces.push(text.slice(position));
  return { text: withoutPartials(pieces.join(''), actions), actions };
}

/**
 * Blanks the bodies of named templates beside a manifest: they are printed elsewhere, and are no part of the document
 * that they stand in. One that holds a whole object is read as such, and so is a file of nothing else.
 */
function withoutPartials(masked: string, actions: readonly TemplateAction[]): string {
  const bodies = definitionBodies(actions);
  if (bodies.length === 0) return masked;
  let rest = masked;
  for (const { start, end } of bodies) rest = rest.slice(0, start) + blank(rest.slice(start, end)) + rest.slice(end);
  if (!/^apiVersion:/m.test(rest)) return masked;
  let result = masked;
  for (const { start, end } of bodies) {
    const body = result.slice(start, end);
    if (!/^apiVersion:/m.test(body)) result = result.slice(0, start) + blank(body) + result.slice(end);
  }
  return result;
}

/** What stands between each `define` and its `end`. */
function definitionBodies(actions: readonly TemplateAction[]): Span[] {
  const bodies: Span[] = [];
  const open: TemplateAction[] = [];
  for (const action of actions) {
    if (action.role === 'open') open.push(action);
    if (action.role !== 'close') continue;
    const opening = open.pop();
    if (opening?.keyword === 'define') bodies.push({ start: opening.end, end: action.start });
  }
  return bodies;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

function maskAction(action: string, wholeLine: boolean): string {
  if (wholeLine) return blank(action);
  const breakAt = action.search(/[\r\n]/);
  if (breakAt < 0) return 'x'.repeat(action.length);
  return 'x'.repeat(breakAt) + blank(action.slice(breakAt));
}

function onlyActionsAround(text: string, spans: readonly Span[], index: number): boolean {
  const { start, end } = spans[index]!;
  let before = index;
  let position = start;
  for (;;) {
    const previous = spans[before - 1];
    const floor = previous?.end ?? 0;
    while (position > floor && (text[position - 1] === ' ' || text[position - 1] === '\t')) position--;
    if (position > 0 && previous && position === previous.end) {
      position = previous.start;
      before--;
      continue;
    }
    if (position > 0 && text[position - 1] !== '\n' && text[position - 1] !== '\r') return false;
    break;
  }
  let after = index;
  position = end;
  for (;;) {
    const next = spans[after + 1];
    while (position < text.length && (text[position] === ' ' || text[position] === '\t')) position++;
    if (next && position === next.start) {
      position = next.end;
      after++;
      continue;
    }
    return position >= text.length || text[position] === '\n' || text[position] === '\r';
  }
}

function readRole(action: string): { role: ActionRole; keyword: string } {
  const body = action.replace(/^\{\{-?\s*/, '').replace(/\s*-?\}\}$/, '');
  if (body === '' || body.startsWith('/*')) return { role: 'silent', keyword: '' };
  const keyword = /^[^\s(|]+/.exec(body)?.[0] ?? '';
  if (OPENING.has(keyword)) return { role: 'open', keyword };
  if (keyword === 'else') return { role: 'middle', keyword };
  if (keyword === 'end') return { role: 'close', keyword };
  if (/^\$\w*\s*(:=|=)/.test(body) || /^\$\w+\s*,/.test(body)) return { role: 'silent', keyword };
  if (keyword === 'break' || keyword === 'continue' || keyword === 'fail' || keyword === 'required') {
    return { role: keyword === 'required' ? 'output' : 'silent', keyword };
  }
  return { role: 'output', keyword };
}
