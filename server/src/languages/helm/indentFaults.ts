import type { Span } from '../../text/sourceText.ts';
import { keyColumn, type TemplateLine, templateLines } from './templateLines.ts';
import type { Action, Command, OutputNode, Template } from './templateSyntax.ts';
import { allNodes } from './walkTemplate.ts';

/**
 * A value that several lines are printed for at the wrong place.
 * `too-shallow`: `nindent` moves it to the column of the key that it belongs to, or left of it.
 * `off-column`: it stands beside written keys, in another column.
 * `indented-twice`: `indent` on a line that is indented already moves the first line further than the rest.
 * `same-line`: `{{-` joins it to the key's line, because there is no `nindent`.
 * `not-indented`: neither `indent` nor `nindent` moves its further lines.
 */
export type IndentFaultKind = 'too-shallow' | 'off-column' | 'indented-twice' | 'same-line' | 'not-indented';

export interface IndentFault {
  readonly kind: IndentFaultKind;
  /** The number of columns, where one is written; else the function that prints the value. */
  readonly span: Span;
  readonly action: Action;
  /** The columns that `indent` or `nindent` is called with. */
  readonly width: number | undefined;
  /** The columns that would be right, where that is certain. */
  readonly expected: number | undefined;
  /** What is printed: the pipeline before `indent` or `nindent`. */
  readonly valueSpan: Span;
  /** `toYaml` of a value, or a named template: then it is not known what is printed. */
  readonly prints: 'yaml' | 'template';
  /** The fault is one for maps only; a list may stand in the column of its key. */
  readonly onlyForMaps: boolean;
  /** The fault is one where more than one line is printed. */
  readonly onlyForSeveralLines: boolean;
}

/** Finds what is indented wrongly for certain, going by the lines around it. What is printed is for the caller to find out. */
export function indentFaults(template: Template): readonly IndentFault[] {
  const faults = FAULTS.get(template) ?? findFaults(template);
  FAULTS.set(template, faults);
  return faults;
}

const FAULTS = new WeakMap<Template, readonly IndentFault[]>();

function findFaults(template: Template): IndentFault[] {
  const lines = templateLines(template);
  const lineOf = new Map(lines.flatMap((line, index) => line.actions.map((action) => [action, index] as const)));
  const faults: IndentFault[] = [];
  for (const node of allNodes(template.nodes)) {
    if (node.kind !== 'output' || node.pipeline.binding !== undefined || !node.action.isClosed) continue;
    const printed = printedValue(template, node);
    const index = lineOf.get(node.action);
    if (!printed || index === undefined) continue;
    const fault = faultOf(template, lines, index, node, printed);
    if (fault) faults.push({ ...fault, action: node.action, ...printed });
  }
  return faults;
}

interface Printed {
  readonly valueSpan: Span;
  readonly prints: 'yaml' | 'template';
  readonly width: number | undefined;
  readonly span: Span;
}

type Found = Pick<IndentFault, 'kind' | 'expected' | 'onlyForMaps' | 'onlyForSeveralLines'>;

/** A value that goes out as YAML: `toYaml`, or a named template, as it is or through `indent` or `nindent`. */
function printedValue({ text }: Template, { pipeline }: OutputNode): (Printed & { indents: string }) | undefined {
  const last = pipeline.commands.at(-1);
  if (!last) return undefined;
  const indents = functionName(last);
  const isIndented = indents === 'indent' || indents === 'nindent';
  const makers = isIndented ? pipeline.commands.slice(0, -1) : pipeline.commands;
  const width = isIndented ? last.operands[1] : undefined;
  if (isIndented && (width?.kind !== 'number' || last.operands.length !== 2)) return undefined;
  const maker = makers.at(-1);
  const name = maker && functionName(maker);
  if (!maker || (name !== 'toYaml' && name !== 'include' && name !== 'tpl')) return undefined;
  const columns = width && Number(text.slice(width.span.start, width.span.end));
  if (width && !Number.isInteger(columns)) return undefined;
  return {
    indents: isIndented ? indents : '',
    width: columns,
    span: width?.span ?? maker.operands[0]!.span,
    valueSpan: { start: makers[0]!.span.start, end: maker.span.end },
    prints: name === 'toYaml' ? 'yaml' : 'template',
  };
}

function functionName({ operands }: Command): string {
  return operands[0]?.kind === 'function' ? operands[0].name : '';
}

function faultOf(
  template: Template,
  lines: readonly TemplateLine[],
  index: number,
  { action }: OutputNode,
  { indents, width, prints }: Printed & { indents: string },
): Found | undefined {
  const line = lines[index]!;
  const isAlone = line.content === '' && line.actions.length === 1;
  const several = { onlyForMaps: false, onlyForSeveralLines: true, expected: undefined };
  if (indents === 'nindent') {
    if (line.isInBlockScalar && !beginsBlockScalar(lineAbove(template, lines, index))) return undefined;
    if (!isAlone && !endsWithKey(template.text.slice(line.start, action.start))) return undefined;
    if (!isAlone) return besideKey(template.text.slice(line.start, action.start), width!);
    return misplaced(template, lines, index, width!);
  }
  if (!isAlone || line.isInBlockScalar) return undefined;
  if (indents === 'indent') {
    if (action.trimsBefore) {
      // A named template may begin with a line break of its own.
      if (prints === 'template') return undefined;
      const above = lineAbove(template, lines, index);
      return above && /:$/.test(above.content) && width! > 0
        ? { kind: 'same-line', onlyForMaps: true, onlyForSeveralLines: false, expected: undefined }
        : undefined;
    }
    if (line.column === 0) return misplaced(template, lines, index, width!);
    return width! > 0 ? { kind: 'indented-twice', ...several, expected: line.column } : undefined;
  }
  // A named template may indent itself.
  if (prints === 'template') return undefined;
  if (action.trimsBefore) {
    const above = lineAbove(template, lines, index);
    if (!above || !/:$/.test(above.content)) return undefined;
    return { kind: 'same-line', onlyForMaps: true, onlyForSeveralLines: false, expected: undefined };
  }
  return line.column > 0 ? { kind: 'not-indented', ...several, expected: line.column } : undefined;
}

/** `key: {{ toYaml … | nindent 4 }}` */
function besideKey(before: string, width: number): Found | undefined {
  const column = keyColumn(before);
  if (width > column) return undefined;
  return { kind: 'too-shallow', expected: column + 2, onlyForMaps: width === column, onlyForSeveralLines: false };
}

function endsWithKey(before: string): boolean {
  return /^[ \t]*(?:- +)*[\w$./-]+:[ \t]*$/.test(before);
}

/** `key: |` */
function beginsBlockScalar(line: TemplateLine | undefined): boolean {
  return line !== undefined && !line.isInBlockScalar && /[|>][-+0-9]*$/.test(line.content);
}

/** What `nindent` says against the lines around it. */
function misplaced(
  template: Template,
  lines: readonly TemplateLine[],
  index: number,
  width: number,
): Found | undefined {
  const above = lineAbove(template, lines, index);
  if (!above) return undefined;
  const column = keyColumn(template.text.slice(above.start, above.end));
  if (beginsBlockScalar(above)) {
    // The text of an item belongs to the item, whose column is that of its dash.
    const dash = /^(?:- +)*?(?=- +[|>][-+0-9]*$)/.exec(above.content);
    if (dash) {
      const start = above.column + dash[0].length;
      if (width > start) return undefined;
      return { kind: 'too-shallow', expected: start + 2, onlyForMaps: false, onlyForSeveralLines: false };
    }
    if (width > column) return undefined;
    return { kind: 'too-shallow', expected: column + 2, onlyForMaps: false, onlyForSeveralLines: false };
  }
  if (above.isInBlockScalar) return undefined;
  if (/^(?:- +)*(?:[\w$./-]+|"[^"]*"|'[^']*'):$/.test(above.content)) {
    if (width <= column) {
      const isList = width === column;
      return { kind: 'too-shallow', expected: column + 2, onlyForMaps: isList, onlyForSeveralLines: false };
    }
    const below = lineBelow(template, lines, index);
    if (!below || below.column <= column || below.column === width || below.content.startsWith('- ')) return undefined;
    return { kind: 'off-column', expected: below.column, onlyForMaps: true, onlyForSeveralLines: false };
  }
  // Beside a finished entry: further right YAML takes it for a part of that entry's value, which has one already.
  if (above.actions.length === 0 && /^(?:- +)*[\w$./-]+:\s+[\w"']/.test(above.content) && width > column) {
    return { kind: 'off-column', expected: column, onlyForMaps: true, onlyForSeveralLines: false };
  }
  return undefined;
}

/** The nearest line above that certainly is printed before this one; undefined where a branch or an output comes first. */
function lineAbove(template: Template, lines: readonly TemplateLine[], index: number): TemplateLine | undefined {
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at]!;
    if (line.content !== '') return line;
    if (!line.actions.every((action) => opensOrIsSilent(template, action))) return undefined;
  }
  return undefined;
}

/** The next line below that is printed after this one, in whatever branch. */
function lineBelow(template: Template, lines: readonly TemplateLine[], index: number): TemplateLine | undefined {
  for (let at = index + 1; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.content !== '') return line.content.startsWith('---') ? undefined : line;
    if (!line.actions.every((action) => keyword(template.text, action) === 'end' || action.isComment)) return undefined;
  }
  return undefined;
}

const OPENING = new Set(['if', 'with', 'range']);

function opensOrIsSilent({ text }: Template, action: Action): boolean {
  if (action.isComment || OPENING.has(keyword(text, action))) return true;
  return action.tokens.some(({ kind }) => kind === 'declare');
}

function keyword(text: string, { tokens, isComment }: Action): string {
  const first = tokens[0];
  return isComment || first?.kind !== 'keyword' ? '' : text.slice(first.start, first.end);
}
