import type { Span } from '../../text/sourceText.ts';
import { FUNCTIONS } from './templateFunctions.ts';
import type { ResolvedName, ValueRole } from './templateReading.ts';
import { type DictionaryShape, element, member, type Shape, UNKNOWN, type ValueShape } from './templateShape.ts';

/** A value with where it is written. */
export interface Argument {
  readonly shape: Shape;
  /** Of a value: for the last segments of its path where they are written. */
  readonly names: readonly (Span | undefined)[];
  readonly span: Span;
  /** Of a text that is written here: without its quotes. */
  readonly textSpan?: Span;
}

/** What a call of a function gives and does with its arguments. */
export interface Application {
  readonly shape: Shape;
  /** Of a value that is given: where its segments are written. */
  readonly shapeNames?: readonly (Span | undefined)[];
  /** For each argument how it is used; `read` where absent. */
  readonly roles: readonly (ValueRole | undefined)[];
  /** Keys that are written as texts. */
  readonly names: readonly ResolvedName[];
  /** Values that are used besides the arguments, such as the one that `hasKey` asks for. */
  readonly uses: readonly { readonly argument: Argument; readonly role: ValueRole }[];
  readonly callsTemplate?: boolean;
  readonly runsForeignText?: boolean;
  /** What the first argument has become. */
  readonly changes?: Shape;
}

const PLAIN: Application = { shape: UNKNOWN, roles: [], names: [], uses: [] };
const SCALAR: Shape = { kind: 'scalar' };

const COMPARES = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);
const TESTS = new Set(['not', 'empty', 'all', 'any', 'kindIs', 'kindOf', 'typeIs', 'typeOf', 'typeIsLike']);
/** Give their (last) argument, or a part of it that looks the same. */
const KEEPS = new Set([
  'deepCopy',
  'mustDeepCopy',
  'reverse',
  'mustReverse',
  'uniq',
  'mustUniq',
  'compact',
  'mustCompact',
  'rest',
  'mustRest',
  'initial',
  'mustInitial',
  'tuple',
]);
/** Give their first argument without some of it. */
const KEEPS_FIRST = new Set(['pick', 'omit', 'without', 'mustWithout', 'slice', 'mustSlice', 'unset']);
const ELEMENTS = new Set(['first', 'mustFirst', 'last', 'mustLast']);
const MERGES = new Set(['merge', 'mustMerge', 'mergeOverwrite', 'mustMergeOverwrite']);

/** Follows a call of a function as far as its arguments are known. */
export function applyFunction(name: string, args: readonly Argument[]): Application {
  if (COMPARES.has(name)) return { ...PLAIN, shape: SCALAR, roles: args.map(() => 'compare') };
  if (TESTS.has(name)) return { ...PLAIN, shape: SCALAR, roles: args.map(() => 'test') };
  if (KEEPS.has(name)) return kept(args.at(-1), args);
  if (KEEPS_FIRST.has(name))
    return { ...kept(args[0], args), roles: args.map((_, index) => (index ? 'read' : 'bind')) };
  if (ELEMENTS.has(name)) {
    const list = args.at(-1);
    if (!list) return PLAIN;
    return { ...PLAIN, shape: element(list.shape), shapeNames: [...list.names, undefined], roles: ['bind'] };
  }
  if (MERGES.has(name)) return merged(args);
  // Sprig has a function `toString`, and so has every object.
  const follow = Object.hasOwn(FOLLOWED, name) ? FOLLOWED[name] : undefined;
  if (follow) return follow(args);
  return { ...PLAIN, shape: FUNCTIONS.get(name)?.returns === 'scalar' ? SCALAR : UNKNOWN };
}

const FOLLOWED: Readonly<Record<string, (args: readonly Argument[]) => Application>> = {
  include: (args) => ({ ...PLAIN, shape: SCALAR, roles: [undefined, 'pass'], callsTemplate: args.length > 0 }),

  tpl: ([text]) => ({
    ...PLAIN,
    shape: SCALAR,
    roles: ['read', 'pass'],
    runsForeignText: text !== undefined && text.shape.kind !== 'value' && text.textSpan === undefined,
  }),

  dict(args) {
    const entries = new Map<string, Shape>();
    let isOpen = false;
    for (let index = 0; index < args.length; index += 2) {
      const key = literal(args[index]);
      if (key === undefined) isOpen = true;
      else entries.set(key, args[index + 1]?.shape ?? UNKNOWN);
    }
    const shape: DictionaryShape = { kind: 'dictionary', entries, ...(isOpen ? { isOpen } : {}) };
    return { ...PLAIN, shape, roles: args.map(() => 'bind') };
  },

  list: (args) => ({
    ...PLAIN,
    shape: { kind: 'list', items: args.map(({ shape }) => shape) },
    roles: args.map(() => 'bind'),
  }),

  index([base, ...keys]) {
    return base ? descended(base, keys, false) : PLAIN;
  },

  get([base, key]) {
    return base && key ? descended(base, [key], true) : PLAIN;
  },

  dig(args) {
    const base = args.at(-1);
    return base && args.length > 2 ? descended(base, args.slice(0, -2), true, args) : PLAIN;
  },

  pluck([key, ...bases]) {
    const applied = bases.map((base) => descended(base, key ? [key] : [], true));
    return {
      ...PLAIN,
      shape: { kind: 'list', items: applied.map(({ shape }) => shape) },
      roles: [undefined, ...bases.map(() => 'bind' as const)],
      names: applied.flatMap(({ names }) => names),
      uses: applied.map(({ shape, shapeNames }, index) => ({
        argument: { shape, names: shapeNames ?? [], span: bases[index]!.span },
        role: 'default',
      })),
    };
  },

  hasKey([base, key]) {
    if (!base || !key) return { ...PLAIN, shape: SCALAR };
    const { shape, shapeNames = [], names } = descended(base, [key], true);
    const asked = { argument: { shape, names: shapeNames, span: base.span }, role: 'test' as const };
    return { ...PLAIN, shape: SCALAR, roles: ['bind'], names, uses: [asked] };
  },

  set([base, key, value]) {
    if (!base || !key) return PLAIN;
    const { shape, shapeNames = [], names } = descended(base, [key], true);
    const uses = [{ argument: { shape, names: shapeNames, span: base.span }, role: 'set' as const }];
    const changed = withEntry(base.shape, literal(key), value?.shape ?? UNKNOWN);
    return {
      ...PLAIN,
      shape: changed,
      shapeNames: base.names,
      roles: ['bind', undefined, 'bind'],
      names,
      uses,
      changes: changed,
    };
  },

  default(args) {
    const value = args.at(-1);
    if (args.length < 2 || !value) return PLAIN;
    const { shape } = value;
    const given = shape.kind === 'value' ? optional(shape) : shape.kind === 'unknown' ? UNKNOWN : shape;
    return { ...PLAIN, shape: given, shapeNames: value.names, roles: ['bind', 'default'] };
  },

  coalesce: (args) => alternatives(args, 'default'),
  or: (args) => alternatives(args, 'test'),

  and(args) {
    const last = args.at(-1);
    const roles = args.map(() => 'test' as const);
    if (last?.shape.kind !== 'value') return { ...PLAIN, shape: last?.shape ?? UNKNOWN, roles };
    return { ...PLAIN, shape: optional(last.shape), shapeNames: last.names, roles };
  },

  ternary(args) {
    return { ...PLAIN, roles: ['bind', 'bind', 'test'], shape: sameOrUnknown(args.slice(0, 2)) };
  },

  required(args) {
    const value = args.at(-1);
    if (args.length < 2 || !value) return PLAIN;
    return { ...PLAIN, shape: value.shape, shapeNames: value.names, roles: [undefined, 'required'] };
  },

  append: ([list, item]) => extended(list, item),
  mustAppend: ([list, item]) => extended(list, item),
  prepend: ([list, item]) => extended(list, item),
  mustPrepend: ([list, item]) => extended(list, item),

  concat(args) {
    const items = args.flatMap(({ shape }) => (shape.kind === 'list' ? shape.items : [element(shape)]));
    return { ...PLAIN, shape: { kind: 'list', items }, roles: args.map(() => 'range') };
  },

  values([map]) {
    return { ...PLAIN, shape: map ? { kind: 'list', items: [element(map.shape)] } : UNKNOWN, roles: ['range'] };
  },
};

/** The text of a literal key; undefined for every other argument. */
function literal(argument: Argument | undefined): string | undefined {
  return argument?.shape.kind === 'scalar' ? argument.shape.text : undefined;
}

function optional(shape: ValueShape): ValueShape {
  return { ...shape, isOptional: true };
}

function kept(argument: Argument | undefined, args: readonly Argument[]): Application {
  if (!argument) return PLAIN;
  return { ...PLAIN, shape: argument.shape, shapeNames: argument.names, roles: args.map(() => 'bind') };
}

/** What stands in `base` under keys that follow each other. */
function descended(
  base: Argument,
  keys: readonly Argument[],
  mayBeMissing: boolean,
  args: readonly Argument[] = [base, ...keys],
): Application {
  let { shape } = base;
  let shapeNames = [...base.names];
  const names: ResolvedName[] = [];
  for (const key of keys) {
    const text = literal(key);
    const isPosition = text !== undefined && key.textSpan === undefined;
    const next = isPosition ? element(shape) : member(shape, text ?? null);
    if (key.textSpan) names.push({ span: key.textSpan, base: shape, shape: next });
    shapeNames = next.kind === 'value' && next.path.length > 0 ? [...shapeNames, key.textSpan] : [];
    shape = next;
  }
  if (shape.kind === 'value' && mayBeMissing) shape = optional(shape);
  return { ...PLAIN, shape, shapeNames, names, roles: args.map(() => 'bind') };
}

function merged(args: readonly Argument[]): Application {
  // The first argument itself is changed.
  const roles = args.map((_, index) => (index === 0 ? ('set' as const) : ('bind' as const)));
  const entries = new Map<string, Shape>();
  let base: Shape | undefined;
  let isOpen = false;
  for (const { shape } of args) {
    if (shape.kind === 'dictionary') {
      for (const [name, entry] of shape.entries) if (!entries.has(name)) entries.set(name, entry);
      base ??= shape.base;
      isOpen ||= shape.isOpen ?? false;
    } else if (base === undefined && (shape.kind === 'root' || shape.kind === 'value')) {
      base = shape.kind === 'value' ? optional(shape) : shape;
    } else {
      isOpen = true;
    }
  }
  // Two maps of values laid over each other: a name may come from either.
  const maps = args.filter(({ shape }) => shape.kind !== 'dictionary');
  if (maps.length > 1) return { ...PLAIN, roles: args.map(() => 'read') };
  if (entries.size === 0 && base) return { ...PLAIN, shape: base, roles };
  return {
    ...PLAIN,
    shape: { kind: 'dictionary', entries, ...(base ? { base } : {}), ...(isOpen ? { isOpen } : {}) },
    roles,
  };
}

function alternatives(args: readonly Argument[], role: ValueRole): Application {
  const first = args.find(({ shape }) => shape.kind === 'value');
  const roles = args.map(() => role);
  if (first?.shape.kind !== 'value') return { ...PLAIN, shape: sameOrUnknown(args), roles };
  return { ...PLAIN, shape: optional(first.shape), shapeNames: first.names, roles };
}

function sameOrUnknown(args: readonly Argument[]): Shape {
  return element({ kind: 'list', items: args.map(({ shape }) => shape) });
}

function extended(list: Argument | undefined, item: Argument | undefined): Application {
  const items = [...(list?.shape.kind === 'list' ? list.shape.items : [UNKNOWN]), item?.shape ?? UNKNOWN];
  return { ...PLAIN, shape: { kind: 'list', items }, roles: ['bind', 'bind'] };
}

function withEntry(shape: Shape, key: string | undefined, value: Shape): Shape {
  if (shape.kind !== 'dictionary') return shape;
  if (key === undefined) return { ...shape, isOpen: true };
  return { ...shape, entries: new Map([...shape.entries, [key, value]]) };
}
