import type { Span } from '../../text/sourceText.ts';

/** A word, a literal or a sign of C#; comments, directives and blanks are left out. */
export interface CSharpToken {
  readonly kind: 'name' | 'string' | 'number' | 'sign';
  /** As written; of a string its content. */
  readonly text: string;
  /** The string has holes (`$"{name}"`): its content is not known. */
  readonly interpolated?: boolean;
  readonly span: Span;
}

const NAME = /@?[\p{L}_][\p{L}\p{Nd}_]*/uy;
const NUMBER = /\d(?:[\d_]|\.\d)*[A-Za-z]*/y;
const SKIPPED = /\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|^[ \t]*#[^\n]*/my;
const RAW_STRING = /(\$*)("{3,})([\s\S]*?)\2(?!")/y;
const VERBATIM_STRING = /(\$@|@\$|@)"((?:[^"]|"")*)"/y;
const STRING = /(\$?)"((?:[^"\\\n]|\\.)*)"/y;
const CHARACTER = /'(?:[^'\\\n]|\\.)+'/y;

/** Splits C# into its tokens by the lexical grammar of the language. Never throws; unclosed strings end with the text. */
export function tokenizeCSharp(text: string): CSharpToken[] {
  const tokens: CSharpToken[] = [];
  let position = 0;
  const take = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = position;
    return expression.exec(text);
  };
  const push = (kind: CSharpToken['kind'], length: number, content: string, interpolated = false): void => {
    const span = { start: position, end: position + length };
    tokens.push(interpolated ? { kind, text: content, span, interpolated } : { kind, text: content, span });
    position += length;
  };
  while (position < text.length) {
    const skipped = take(SKIPPED);
    const string = skipped ? null : (take(RAW_STRING) ?? take(VERBATIM_STRING) ?? take(STRING));
    if (skipped && skipped[0] !== '') {
      position += skipped[0].length;
    } else if (string) {
      const content = string[3] ?? string[2]!;
      push('string', string[0].length, content, string[1]!.includes('$') && content.includes('{'));
    } else {
      const name = take(NAME);
      const number = name ? null : take(NUMBER);
      if (name) push('name', name[0].length, name[0].replace(/^@/, ''));
      else if (number) push('number', number[0].length, number[0]);
      else {
        const character = take(CHARACTER)?.[0] ?? text[position]!;
        push('sign', character.length, character);
      }
    }
  }
  return tokens;
}
