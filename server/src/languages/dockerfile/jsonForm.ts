import type { JsonForm, JsonItem } from './dockerfileFile.ts';
import type { LogicalText } from './logicalText.ts';

export type JsonReading =
  /** A well-formed array of strings. */
  | { readonly kind: 'form'; readonly form: JsonForm }
  /** Well-formed, but with something else than strings in it: the builder refuses it. */
  | { readonly kind: 'notStrings' }
  /** Anything else: the builder takes the text as the shell form. */
  | { readonly kind: 'none' };

/** Reads the arguments as a JSON array of strings, as the builder decides between exec and shell form. */
export function readJsonForm(body: LogicalText): JsonReading {
  const text = body.text;
  if (text.trimStart()[0] !== '[') return { kind: 'none' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Malformed JSON is no fault of the file for the builder: it is the shell form.
    return { kind: 'none' };
  }
  if (!Array.isArray(parsed)) return { kind: 'none' };
  if (!parsed.every((item) => typeof item === 'string')) return { kind: 'notStrings' };
  const items: JsonItem[] = [];
  let position = text.indexOf('[') + 1;
  for (const value of parsed as string[]) {
    const start = text.indexOf('"', position);
    let end = start + 1;
    while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
    items.push({ value, span: body.span(start, end + 1), inner: body.slice(start + 1, end) });
    position = end + 1;
  }
  return { kind: 'form', form: { items, span: body.span(text.indexOf('['), text.lastIndexOf(']') + 1) } };
}
