import type { Span } from '../../text/sourceText.ts';

/** One dependency by PEP 508: `redis[hiredis]>=5,<7; python_version < "3.13"`. */
export interface PythonRequirement {
  /** Normalised by PEP 503: `Flask_SQLAlchemy` is `flask-sqlalchemy`. */
  readonly name: string;
  readonly writtenName: string;
  readonly nameSpan: Span;
  readonly extras: readonly string[];
  /** As written, e.g. `>=2,<3`; empty where every version will do or a URL says which. */
  readonly specifier: string;
  readonly url?: string;
  /** Only where this environment marker holds. */
  readonly marker?: string;
}

/** `Flask_SQLAlchemy` → `flask-sqlalchemy`, as PEP 503 compares names. */
export function normalisedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/;
const COMPARISON = /^(?:===|==|~=|!=|<=|>=|<|>)\s*[^\s,;)]+$/;

/** Reads one requirement that starts at `start` of its file; undefined for what PEP 508 does not admit. */
export function readRequirement(text: string, start: number): PythonRequirement | undefined {
  const lead = text.length - text.trimStart().length;
  const whole = text.trim();
  const writtenName = NAME.exec(whole)?.[0];
  if (writtenName === undefined) return undefined;
  let rest = whole.slice(writtenName.length).trimStart();
  const extras = /^\[([^\]]*)\]/.exec(rest);
  if (extras) rest = rest.slice(extras[0].length).trimStart();
  const common = {
    name: normalisedName(writtenName),
    writtenName,
    nameSpan: { start: start + lead, end: start + lead + writtenName.length },
    extras: (extras?.[1] ?? '')
      .split(',')
      .flatMap((extra) => (extra.trim() === '' ? [] : normalisedName(extra.trim()))),
  };
  if (rest.startsWith('@')) {
    const [, url, marker] = /^@\s*(\S+)(?:\s+;\s*(.+))?$/.exec(rest) ?? [];
    return url === undefined ? undefined : { ...common, specifier: '', url, ...(marker ? { marker } : {}) };
  }
  const semicolon = rest.indexOf(';');
  const written = (semicolon < 0 ? rest : rest.slice(0, semicolon)).trim();
  const specifier = /^\((.*)\)$/.exec(written)?.[1] ?? written;
  const marker = semicolon < 0 ? '' : rest.slice(semicolon + 1).trim();
  const parts = specifier.split(',').map((part) => part.trim());
  if (specifier !== '' && !parts.every((part, index) => COMPARISON.test(part) || (part === '' && index > 0)))
    return undefined;
  return { ...common, specifier: parts.filter((part) => part !== '').join(','), ...(marker ? { marker } : {}) };
}
