import type { Place, SourceNode } from '../../../text/sourceNode.ts';
import type { TerraformBlock } from './terraformBlock.ts';
import { fits, type Wanted } from './wanted.ts';

/** One argument that resources of some types should have, and how. A row of a rule's table. */
export interface Setting {
  /** Resource types. */
  readonly on: string | readonly string[];
  /** Names from the body down, with dots; of repeated blocks every one is looked at. */
  readonly path: string;
  /** A repeated block in which `path` and `when` begin, so that both speak of the same one. */
  readonly each?: string;
  readonly wants: Wanted;
  /** The provider's default is right, so that only a wrong value is a fault. */
  readonly absent?: 'fine';
  /** Holds only where each of these arguments certainly is as said; `absent` also allows that it is not written. */
  readonly when?: Readonly<Record<string, Wanted | { readonly absentOr: Wanted }>>;
  /** Not where one of these arguments is written, or may be. */
  readonly unless?: readonly string[];
  /** What is wrong with the resource, as a predicate: `is not encrypted`. Default: what the rule says. */
  readonly says?: string;
  /** Only said in the strict profile, although the rule is recommended. */
  readonly strict?: true;
  /** Rules of other tools that this row answers. */
  readonly ids: readonly string[];
}

/** A place where a setting is not as wanted. */
export interface Shortfall {
  readonly at: Place;
  /** What is there instead: `storage_encrypted is false`. */
  readonly reason: string;
  /** The value that is wrong. */
  readonly value: SourceNode | undefined;
  /** The map that lacks the last name of the path. */
  readonly lackingIn: SourceNode | undefined;
}

/** Where a block falls short of a setting; nothing where that is not certain. */
export function* shortfalls(block: TerraformBlock, setting: Setting): Iterable<Shortfall> {
  const { each } = setting;
  const nodes = each === undefined ? [block.node] : (block.node.find(each)?.items ?? []);
  for (const node of nodes) yield* shortfallsIn(node, block, setting);
}

function* shortfallsIn(node: SourceNode, block: TerraformBlock, setting: Setting): Iterable<Shortfall> {
  if (setting.unless?.some((path) => !node.lacks(...pathIn(node, path)))) return;
  for (const [path, condition] of Object.entries(setting.when ?? {})) if (!holds(node, path, condition)) return;
  const names = setting.path.split('.');
  for (const found of follow(node, names, 0)) {
    if (found.isMissing) {
      if (setting.absent === 'fine' || isAbsenceWanted(setting.wants)) continue;
      const isLast = found.depth === names.length - 1;
      yield {
        at: placeOf(found.node, block),
        reason: `${fullPath(setting)} is not set`,
        value: undefined,
        lackingIn: isLast ? found.node : undefined,
      };
    } else if (fits(found.node, setting.wants) === false) {
      yield {
        at: found.node.kind === 'scalar' ? found.node : found.node.keyPlace,
        reason: reasonOf(found.node, setting),
        value: found.node,
        lackingIn: undefined,
      };
    }
  }
}

type Found =
  | { readonly isMissing: false; readonly node: SourceNode }
  | { readonly isMissing: true; readonly node: SourceNode; readonly depth: number };

function* follow(node: SourceNode, names: readonly string[], depth: number): Iterable<Found> {
  if (depth === names.length) {
    if (node.kind === 'scalar' && node.scalar === null)
      yield { isMissing: true, node: node.parent ?? node, depth: depth - 1 };
    else yield { isMissing: false, node };
    return;
  }
  if (node.kind === 'list') {
    if (node.items.length === 0 && !node.open) yield { isMissing: true, node: node.parent ?? node, depth: depth - 1 };
    for (const item of node.items) yield* follow(item, names, depth);
    return;
  }
  if (node.kind !== 'map') return;
  const next = node.child(names[depth]!);
  if (next) yield* follow(next, names, depth + 1);
  else if (!node.open) yield { isMissing: true, node, depth };
}

function holds(node: SourceNode, path: string, condition: Wanted | { readonly absentOr: Wanted }): boolean {
  const mayLack = typeof condition === 'object' && 'absentOr' in condition;
  const wanted = mayLack ? condition.absentOr : condition;
  const found = [...follow(node, path.split('.'), 0)];
  if (found.length === 0) return false;
  return found.every((one) => (one.isMissing ? mayLack || isAbsenceWanted(wanted) : fits(one.node, wanted) === true));
}

function isAbsenceWanted(wanted: Wanted): boolean {
  return typeof wanted === 'object' && 'set' in wanted && !wanted.set;
}

/** The path as `lacks` takes it: the first of repeated blocks stands for all. */
function pathIn(node: SourceNode, path: string): (string | number)[] {
  const segments: (string | number)[] = [];
  for (const name of path.split('.')) {
    if (node.find(...segments)?.kind === 'list') segments.push(0);
    segments.push(name);
  }
  return segments;
}

/** The head of the block that lacks something: its name, or the name of the nested block. */
function placeOf(map: SourceNode, block: TerraformBlock): Place {
  for (let node: SourceNode | undefined = map; node?.parent; node = node.parent) if (node.keySpan) return node.keyPlace;
  return block.namePlace;
}

function reasonOf(value: SourceNode, setting: Setting): string {
  const { wants } = setting;
  const path = fullPath(setting);
  if (value.kind === 'scalar') {
    return `${path} is ${typeof value.scalar === 'string' ? JSON.stringify(value.scalar) : String(value.scalar)}`;
  }
  if (typeof wants === 'object' && 'includes' in wants && typeof wants.includes !== 'function') {
    const items = value.items.map(({ scalar }) => String(scalar));
    return `${path} lacks ${wants.includes.filter((item) => !items.includes(item)).join(', ')}`;
  }
  if (typeof wants === 'object' && 'excludes' in wants) {
    const items = value.items.map(({ scalar }) => String(scalar));
    return `${path} has ${wants.excludes.filter((item) => items.includes(item)).join(', ')}`;
  }
  return value.items.length === 0 && value.kind === 'list' ? `${path} is empty` : `${path} is set`;
}

function fullPath({ each, path }: Setting): string {
  return each === undefined ? path : `${each}.${path}`;
}
