import type { HclProblems } from './hclProblems.ts';

/** A literal part of a template on its way from source text to value; `part` is undefined where a sequence stands. */
export interface RawTemplateText {
  readonly part: { readonly span: { readonly start: number }; value: string } | undefined;
  readonly trimStart: boolean;
  trimEnd: boolean;
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/**
 * Turns the source text of a template's literal parts into their values, in place: escapes, the common indentation that
 * `<<-` removes, and the blanks that `~` trims.
 */
export function templateTexts(
  texts: readonly RawTemplateText[],
  { heredoc, flush, problems }: { heredoc: boolean; flush: boolean; problems: HclProblems },
): void {
  if (flush) removeIndentation(texts);
  for (const { part, trimStart, trimEnd } of texts) {
    if (!part) continue;
    if (trimStart) part.value = part.value.trimStart();
    if (trimEnd) part.value = part.value.trimEnd();
    if (!heredoc) part.value = unescapeQuoted(part.value, part.span.start, problems);
    part.value = part.value.replaceAll('$${', '${').replaceAll('%%{', '%{');
  }
}

function unescapeQuoted(text: string, offset: number, problems: HclProblems): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S]|$)/g, (sequence, body: string, index: number) => {
    const simple = ESCAPES[body];
    if (simple !== undefined) return simple;
    const code = body.length > 1 ? Number.parseInt(body.slice(1), 16) : Number.NaN;
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    problems.add(
      'invalid-escape',
      offset + index,
      offset + index + escape.length,
      `${escape} is not an escape of HCL.`,
    );
    return sequence;
  });
}

/** Removes from each line the blanks that all lines begin with. Lines of nothing but blanks neither count nor change. */
function removeIndentation(texts: readonly RawTemplateText[]): void {
  let least = Number.POSITIVE_INFINITY;
  eachLine(texts, (blanks) => {
    least = Math.min(least, blanks);
    return 0;
  });
  if (least > 0 && Number.isFinite(least)) eachLine(texts, () => least);
}

/** Calls `cut` with the number of blanks that begin each line; removes as many as it answers. */
function eachLine(texts: readonly RawTemplateText[], cut: (blanks: number) => number): void {
  let atLineStart = true;
  for (const { part } of texts) {
    if (!part) {
      if (atLineStart) cut(0);
      atLineStart = false;
      continue;
    }
    let value = '';
    for (const line of part.value.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      const content = line.trimStart();
      value +=
        atLineStart && !(content === '' && line.endsWith('\n')) ? line.slice(cut(line.length - content.length)) : line;
      atLineStart = line.endsWith('\n');
    }
    part.value = value;
  }
}
