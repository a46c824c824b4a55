import { parseTemplate } from '../languages/helm/parseTemplate.ts';
import type { Action, Template } from '../languages/helm/templateSyntax.ts';
import { parseYaml } from '../languages/yaml/yamlFile.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import { SourceText, type Span } from '../text/sourceText.ts';

/** A comment that nobody writes by hand: the line of the template between two characters of private use. */
const MARK = / ?#\uE000(\d+)\uE001/g;
const SILENT = /^(?:if|else|end|with|range|define|block|break|continue)\b|^\$\w*(?:\s*,\s*\$\w+)?\s*:?=/;

/** A line of what was rendered, and the zero-based lines of the template that wrote it, in their order. */
export interface MarkedLine {
  readonly text: string;
  readonly from: readonly number[];
}

/**
 * Writes the number of each line of a template as a comment at its end, so that the lines of what Helm renders say where
 * they come from. What is rendered is otherwise the same: no mark stands where an action trims what follows it, on lines
 * that render nothing, within plain scalars of several lines, or in named templates, which speak for whoever calls them.
 */
export function markTemplate(text: string): string {
  if (text.includes('\uE000')) return text;
  const source = new SourceText('file:///template/templates/template.yaml', text);
  const template = parseTemplate(text);
  const unmarked = linesOfPlainScalars(source);
  let marked = '';
  let copied = 0;
  for (let line = 0; line < source.lineStarts.length; line++) {
    if (unmarked.has(line)) continue;
    const { start, end } = source.lineSpan(line);
    const at = start + text.slice(start, end).trimEnd().length;
    if (!endsInText(template, at) || !rendersSomething(template, { start, end: at }, text)) continue;
    marked += `${text.slice(copied, at)} #\uE000${line}\uE001`;
    copied = at;
  }
  return marked + text.slice(copied);
}

/** Takes the marks out of rendered text. */
export function readMarks(rendered: string): MarkedLine[] {
  return rendered.split('\n').map((line) => {
    const from = [...line.matchAll(MARK)].map((match) => Number(match[1]));
    return { text: from.length === 0 ? line : line.replace(MARK, ''), from };
  });
}

function endsInText({ actions, definitions }: Template, at: number): boolean {
  const last = actions.findLast(({ start }) => start < at);
  if (last && (at < last.end || !last.isClosed || (at === last.end && last.trimsAfter))) return false;
  return !definitions.some(({ kind, span }) => kind === 'define' && span.start < at && at <= span.end);
}

function rendersSomething({ actions }: Template, line: Span, text: string): boolean {
  const own = actions.filter(({ start, end }) => start < line.end && end > line.start);
  let position = line.start;
  for (const action of own) {
    if (text.slice(position, action.start).trim() !== '') return !isSeparator(text, line);
    if (prints(action, text)) return true;
    position = Math.max(position, action.end);
  }
  return text.slice(position, line.end).trim() !== '' && !isSeparator(text, line);
}

/** Helm splits what it renders at these lines, and a document that begins with a mark alone would be a new one. */
function isSeparator(text: string, { start }: Span): boolean {
  return /^(?:---|\.\.\.|%)/.test(text.slice(start, start + 3));
}

function prints({ isComment, inner }: Action, text: string): boolean {
  const body = text.slice(inner.start, inner.end).trim();
  return !isComment && body !== '' && !SILENT.test(body);
}

/** A comment would end a plain scalar, so only its last line may carry one. */
function linesOfPlainScalars(source: SourceText): ReadonlySet<number> {
  const lines = new Set<number>();
  const visit = (node: SourceNode): void => {
    if (node.entries.length > 0) {
      for (const entry of node.entries) visit(entry);
      return;
    }
    const { start, end } = node.span;
    if (/["'|>[{]/.test(source.text[start] ?? '')) return;
    const last = source.lineAt(start + source.text.slice(start, end).trimEnd().length);
    for (let line = source.lineAt(start); line < last; line++) lines.add(line);
  };
  for (const root of parseYaml(source, true).roots) visit(root);
  return lines;
}
