import type { Action, Template } from './templateSyntax.ts';

/** One line of a template, as YAML would see it once its actions are gone. */
export interface TemplateLine {
  readonly start: number;
  readonly end: number;
  /** Blanks before the first thing that is no blank. */
  readonly column: number;
  /**
   * The line as it is printed, trimmed, with an `x` for each action that prints something. Empty for lines that hold
   * nothing but actions, or a comment of YAML.
   */
  readonly content: string;
  /** The actions that begin on the line. */
  readonly actions: readonly Action[];
  /** The line is part of a text of several lines (`key: |`), so that nothing of it is a key. */
  readonly isInBlockScalar: boolean;
}

/** The lines of a template. A line inside of an action of several lines belongs to that action's first line. */
export function templateLines({ text, actions }: Template): TemplateLine[] {
  const lines: TemplateLine[] = [];
  let next = 0;
  let start = 0;
  /** Column of the key whose text of several lines goes on. */
  let scalarColumn: number | undefined;
  while (start <= text.length) {
    const own: Action[] = [];
    let written = '';
    let content = '';
    let position = start;
    let end = lineEnd(text, start);
    while (next < actions.length && actions[next]!.start < end) {
      const action = actions[next++]!;
      own.push(action);
      written += text.slice(position, action.start);
      content += text.slice(position, action.start) + (isSilent(text, action) ? '' : 'x');
      position = action.end;
      end = Math.max(end, lineEnd(text, action.end));
    }
    written += text.slice(position, end);
    content += text.slice(position, end);
    const column = /^[ \t]*/.exec(text.slice(start, end))![0].length;
    const trimmed = written.trim() === '' ? '' : content.trim();
    const isBlank = trimmed === '' && own.length === 0;
    // An action may stand anywhere in a text of several lines; only what is written there ends it.
    if (scalarColumn !== undefined && !isBlank && trimmed !== '' && column <= scalarColumn) scalarColumn = undefined;
    const isInBlockScalar = scalarColumn !== undefined;
    const isComment = trimmed.startsWith('#');
    lines.push({ start, end, column, content: isComment ? '' : trimmed, actions: own, isInBlockScalar });
    if (!isInBlockScalar && !isComment && /(?:^|[:\s-])[|>][-+0-9]*(?:\s+#.*)?$/.test(trimmed)) {
      scalarColumn = keyColumn(text.slice(start, end));
    }
    start = end < text.length ? end + (text.startsWith('\r\n', end) ? 2 : 1) : text.length + 1;
  }
  return lines;
}

/** The action prints nothing itself. */
function isSilent(text: string, { isComment, tokens }: Action): boolean {
  const [first] = tokens;
  if (first?.kind === 'keyword') return !/^(?:template|block)$/.test(text.slice(first.start, first.end));
  return isComment || tokens.some(({ kind }) => kind === 'declare' || kind === 'assign');
}

/** The column of a line's key, behind the dashes of list items. */
export function keyColumn(line: string): number {
  return /^[ \t]*(?:- +)*/.exec(line)![0].length;
}

function lineEnd(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || code === 13) return index;
  }
  return text.length;
}
