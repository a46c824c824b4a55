import type { Span } from '../../text/sourceText.ts';

/** A word, a string without its quotes, or one sign of a Gradle script. */
export interface GradleToken {
  readonly kind: 'word' | 'string' | 'sign';
  readonly text: string;
  /** Of a string: without its quotes. */
  readonly span: Span;
}

const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"""([\s\S]*?)(?:"""|$)|'''([\s\S]*?)(?:'''|$)|"((?:\\.|[^"\\\n])*)(?:"|(?=\n)|$)|'((?:\\.|[^'\\\n])*)(?:'|(?=\n)|$)|[A-Za-z_$][\w$]*(?:[ \t]*\.[ \t]*[A-Za-z_$][\w$]*)*|[^\s\w]/g;

/**
 * The words, strings and signs of a script in Groovy or Kotlin, comments left out. Enough to read declarations as they are
 * commonly written; nothing is evaluated.
 */
export function tokenizeGradle(text: string): GradleToken[] {
  const tokens: GradleToken[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [whole, ...groups] = match;
    if (whole.startsWith('//') || whole.startsWith('/*')) continue;
    const quoted = groups.find((group) => group !== undefined);
    const start = match.index;
    if (quoted !== undefined) {
      const quote = whole.startsWith('"""') || whole.startsWith("'''") ? 3 : 1;
      tokens.push({ kind: 'string', text: quoted, span: { start: start + quote, end: start + quote + quoted.length } });
    } else if (/^[A-Za-z_$]/.test(whole)) {
      tokens.push({ kind: 'word', text: whole.replace(/\s/g, ''), span: { start, end: start + whole.length } });
    } else tokens.push({ kind: 'sign', text: whole, span: { start, end: start + whole.length } });
  }
  return tokens;
}
