/**
 * A path below `.Values`. `null` stands for some element: the item of a `range`, or a key that is only known when the
 * chart is rendered.
 */
export type ValuePath = readonly (string | null)[];

/** What an expression of a template gives, as far as the template itself says. */
export type Shape =
  | RootShape
  | ValueShape
  | ObjectShape
  | DictionaryShape
  | { readonly kind: 'list'; readonly items: readonly Shape[] }
  | { readonly kind: 'scalar'; readonly text?: string }
  | { readonly kind: 'unknown' };

/** What Helm hands to every template: Values, Release, Chart … */
export interface RootShape {
  readonly kind: 'root';
  /** The folder of the chart whose values they are. */
  readonly chart: string;
}

export interface ValueShape {
  readonly kind: 'value';
  readonly chart: string;
  readonly path: ValuePath;
  /** Something else takes its place where it is not set (`default`, `coalesce`, `get`): it may well be missing. */
  readonly isOptional?: boolean;
}

/** A built-in object or one of its members, e.g. `['Release', 'Name']`. */
export interface ObjectShape {
  readonly kind: 'object';
  readonly chart: string;
  readonly path: readonly string[];
}

/** What `dict` makes, or `merge` of one with something else. */
export interface DictionaryShape {
  readonly kind: 'dictionary';
  readonly entries: ReadonlyMap<string, Shape>;
  /** Where a key is looked for that is not among the entries. */
  readonly base?: Shape;
  /** More keys may have been set, whose names the template does not say. */
  readonly isOpen?: boolean;
}

export const UNKNOWN: Shape = { kind: 'unknown' };

/** What stands under a name in a shape. */
export function member(shape: Shape, name: string | null): Shape {
  switch (shape.kind) {
    case 'root':
      if (name === null) return UNKNOWN;
      return name === 'Values'
        ? { kind: 'value', chart: shape.chart, path: [] }
        : { kind: 'object', chart: shape.chart, path: [name] };
    case 'value':
      return { ...shape, path: [...shape.path, name] };
    case 'object': {
      if (name === null) return UNKNOWN;
      const [first, second] = shape.path;
      if (first === 'Subcharts' && second !== undefined) {
        // The values of a subchart stand below its key among those of the chart.
        if (name === 'Values') return { kind: 'value', chart: shape.chart, path: [second] };
        return { kind: 'object', chart: shape.chart, path: [name] };
      }
      return { ...shape, path: [...shape.path, name] };
    }
    case 'dictionary': {
      const entry = name === null ? undefined : shape.entries.get(name);
      return entry ?? (shape.base && name !== null ? member(shape.base, name) : UNKNOWN);
    }
    default:
      return UNKNOWN;
  }
}

/** What a `range` over a shape gives, one after the other. */
export function element(shape: Shape): Shape {
  if (shape.kind === 'value') return { ...shape, path: [...shape.path, null] };
  const items = shape.kind === 'list' ? shape.items : shape.kind === 'dictionary' ? [...shape.entries.values()] : [];
  const keys = new Set(items.map(shapeKey));
  return keys.size === 1 ? items[0]! : UNKNOWN;
}

/** Two shapes with the same key are the same. */
export function shapeKey(shape: Shape): string {
  switch (shape.kind) {
    case 'root':
      return `root ${shape.chart}`;
    case 'value':
      return `value ${shape.chart} ${JSON.stringify(shape.path)}${shape.isOptional ? '?' : ''}`;
    case 'object':
      return `object ${shape.chart} ${JSON.stringify(shape.path)}`;
    case 'dictionary': {
      const entries = [...shape.entries].map(([name, entry]) => `${JSON.stringify(name)}:${shapeKey(entry)}`);
      return `{${entries.join(',')}${shape.base ? `,...${shapeKey(shape.base)}` : ''}${shape.isOpen ? ',?' : ''}}`;
    }
    case 'list':
      return `[${shape.items.map(shapeKey).join(',')}]`;
    case 'scalar':
      return shape.text === undefined ? 'scalar' : `scalar ${JSON.stringify(shape.text)}`;
    case 'unknown':
      return '?';
  }
}
