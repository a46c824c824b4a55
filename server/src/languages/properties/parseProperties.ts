import { type RawNode, SourceNode } from '../../text/sourceNode.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';

/** The entries of one document of a properties file. */
export interface PropertiesDocument {
  readonly span: Span;
  /** A map from whole keys (`spring.jpa.open-in-view`) to texts, in the order of the file; a key may stand twice. */
  readonly root: SourceNode;
}

/**
 * Reads a file of Java properties as `java.util.Properties.load` does: continuation lines, escapes, and `=`, `:` or a
 * blank between key and value. A line `#---` or `!---` begins a new document, as Spring Boot reads it. Every text is one,
 * so that there are no problems. A value that a build still fills in (`@version@`, `{{ name }}`) is unknown.
 */
export function parseProperties(source: SourceText): PropertiesDocument[] {
  const documents: PropertiesDocument[] = [];
  let entries: RawNode[] = [];
  let start = 0;
  const finish = (end: number): void => {
    const root: RawNode = { kind: 'map', start, end, children: entries };
    documents.push({ span: { start, end }, root: new SourceNode(source, root) });
    entries = [];
  };
  for (let line = 0; line < source.lineStarts.length; ) {
    const first = source.lineSpan(line);
    const text = source.slice(first).replace(/^\ufeff/, ' ');
    if (/^[#!]---\s*$/.test(text)) {
      finish(first.start);
      start = first.end;
      line++;
    } else if (/^[ \t\f]*(?:[#!]|$)/.test(text)) {
      line++;
    } else {
      let last = line;
      while (continues(source.slice(source.lineSpan(last))) && last + 1 < source.lineStarts.length) last++;
      entries.push(entry(source, { start: first.start, end: source.lineSpan(last).end }));
      line = last + 1;
    }
  }
  finish(source.text.length);
  return documents;
}

/** An odd number of backslashes at its end: the next line belongs to this one. */
function continues(line: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
}

function entry(source: SourceText, span: Span): RawNode {
  const written = source.slice(span);
  const lead = /^[\ufeff \t\f]*/.exec(written)![0].length;
  const key = /^(?:\\[\s\S]|[^\\=: \t\f\r\n])*/.exec(written.slice(lead))![0];
  const separator = /^[ \t\f]*(?:\\\r?\n[ \t\f]*)*[=:]?[ \t\f]*(?:\\\r?\n[ \t\f]*)*/.exec(
    written.slice(lead + key.length),
  )![0];
  const from = lead + key.length + separator.length;
  const raw = written.slice(from);
  const start = span.start + from;
  const value = unescaped(raw);
  const isFilledIn = /^@[^@]+@$|\{\{|<%/.test(value.trim());
  return {
    kind: isFilledIn ? 'unknown' : 'scalar',
    start,
    end: start + raw.length,
    key: unescaped(key),
    keyStart: span.start + lead,
    keyEnd: span.start + lead + key.length,
    ...(!isFilledIn && { scalar: value, quoted: true }),
  };
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescaped(text: string): string {
  return text.replace(
    /\\(?:\r?\n[ \t\f]*|u([0-9a-fA-F]{4})|([\s\S]))/g,
    (_whole, code: string | undefined, character: string | undefined) => {
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return character === undefined ? '' : (ESCAPES[character] ?? character);
    },
  );
}
