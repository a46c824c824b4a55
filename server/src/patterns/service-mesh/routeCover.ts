import type { SourceNode } from '../../text/sourceNode.ts';

/** A route without `match`, as one that matches everything. */
const EVERYTHING = 'everything';
type Match = SourceNode | typeof EVERYTHING;

/** What a `match` entry may hold that is no condition on the request. */
const NAMES = new Set(['name', 'statPrefix']);

/** The entries of a route's `match`, of which one must hold; undefined where a template may write more or fewer. */
export function matchesOf(route: SourceNode): readonly Match[] | undefined {
  if (route.lacks('match')) return [EVERYTHING];
  const list = route.find('match');
  if (list?.kind !== 'list' || list.open) return undefined;
  if (list.items.length === 0) return [EVERYTHING];
  return list.items;
}

/** Every request that `inner` matches is matched by `outer` as well. Undecided counts as no. */
export function covers(outer: Match, inner: Match): boolean {
  if (outer === EVERYTHING) return true;
  if (outer.kind !== 'map' || outer.open || !outer.known) return false;
  const conditions = outer.entries.filter((entry) => !NAMES.has(entry.key ?? '') && !isPrefixOfAll(entry));
  if (inner === EVERYTHING) return conditions.length === 0;
  if (inner.kind !== 'map' || !inner.known) return false;
  // Ignoring case makes a match wider, which is not compared here.
  if (outer.boolean('ignoreUriCase') !== inner.boolean('ignoreUriCase') && conditions.length > 0) return false;
  return conditions.every((condition) => isImplied(condition, inner.find(condition.key ?? '')));
}

/** The request matches everything by this entry: a path of any kind. */
function isPrefixOfAll(entry: SourceNode): boolean {
  if (entry.key !== 'uri' || entry.entries.length !== 1) return false;
  return entry.text('prefix') === '/' || entry.text('regex') === '.*';
}

function isImplied(condition: SourceNode, inner: SourceNode | undefined): boolean {
  if (!inner) return false;
  if (same(condition.value, inner.value)) return true;
  const { key } = condition;
  if (key === 'uri' || key === 'scheme' || key === 'method' || key === 'authority') return isWider(condition, inner);
  // Headers, labels and parameters: each one that is asked for must be asked for more narrowly.
  if (key === 'headers' || key === 'queryParams')
    return condition.entries.every((entry) => {
      const own = inner.find(entry.key ?? '');
      return own !== undefined && (same(entry.value, own.value) || isWider(entry, own));
    });
  if (key === 'sourceLabels') return condition.entries.every((entry) => inner.text(entry.key ?? '') === entry.text());
  // Of lists, one entry must hold.
  if (condition.kind === 'list')
    return inner.items.every((item) => condition.items.some((one) => same(one.value, item.value)));
  return false;
}

/** A prefix covers the longer prefixes and the exact texts that begin with it. */
function isWider(outer: SourceNode, inner: SourceNode): boolean {
  const prefix = outer.text('prefix');
  const narrower = inner.text('prefix') ?? inner.text('exact') ?? '';
  return prefix !== undefined && prefix !== '' && outer.entries.length === 1 && narrower.startsWith(prefix);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
