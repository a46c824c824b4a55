import type { Span } from '../../text/sourceText.ts';

/** One `Key=Value` of an ADO.NET connection string; the span counts from the start of the string. */
export interface ConnectionSetting {
  /** As the drivers compare keys: small letters without blanks, `maximumpoolsize`. */
  readonly key: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

const ENTRY = /\s*([^=;]+?)\s*=\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|[^;]*?)\s*(?:;|$)/gy;

/** Reads the keys and values of a connection string; undefined for what is none, such as a URL. */
export function readConnectionString(text: string): readonly ConnectionSetting[] | undefined {
  const settings: ConnectionSetting[] = [];
  for (const match of text.matchAll(ENTRY)) {
    const [whole, key, written] = match as unknown as [string, string, string];
    const start = match.index + whole.indexOf(key);
    const valueStart = match.index + whole.indexOf(written, whole.indexOf('=') + 1);
    const valueEnd = valueStart + written.length;
    const value = /^(["'])([\s\S]*)\1$/.exec(written)?.[2] ?? written;
    settings.push({
      key: key.toLowerCase().replace(/[\s_]/g, ''),
      value,
      span: { start, end: valueEnd },
      valueSpan: { start: valueStart, end: valueEnd },
    });
  }
  return settings.length === 0 || /^\w+:\/\//.test(text) ? undefined : settings;
}

/** What a connection string says under any of the names that drivers give a key. */
export function connectionValue(
  settings: readonly ConnectionSetting[],
  ...keys: readonly string[]
): ConnectionSetting | undefined {
  return settings.findLast(({ key }) => keys.includes(key));
}

export const HOST_KEYS = ['host', 'server', 'datasource', 'addr', 'address', 'networkaddress'];
export const POOL_SIZE_KEYS = ['maximumpoolsize', 'maxpoolsize', 'maxpoolsz'];
export const DATABASE_KEYS = ['database', 'initialcatalog', 'db'];
