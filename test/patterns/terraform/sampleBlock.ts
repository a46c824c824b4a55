import type { Setting } from '../../../server/src/patterns/terraform/parts/setting.ts';
import type { Wanted } from '../../../server/src/patterns/terraform/parts/wanted.ts';

/** An expression of HCL, or `undefined` for an argument that is left out. */
type Sample = string | undefined;

/** An expression that is as wanted. */
export function goodSample(wanted: Wanted): Sample {
  if (typeof wanted !== 'object') return JSON.stringify(wanted);
  if (isList(wanted)) return JSON.stringify(wanted[0]);
  if ('not' in wanted) return typeof wanted.not[0] === 'number' ? '9999' : '"something-else"';
  if ('matches' in wanted) return JSON.stringify(wanted.good);
  if ('atLeast' in wanted) return String(wanted.atLeast);
  if ('atMost' in wanted) return String(wanted.atMost);
  if ('includes' in wanted) return JSON.stringify(wanted.includes);
  if ('excludes' in wanted) return '["something-else"]';
  return wanted.set ? '"something"' : undefined;
}

/** Expressions that are not as wanted. */
export function badSamples(wanted: Wanted): readonly string[] {
  if (typeof wanted === 'boolean') return [String(!wanted), JSON.stringify(String(!wanted))];
  if (typeof wanted !== 'object') return [typeof wanted === 'number' ? String(wanted + 1) : '"something-else"'];
  if (isList(wanted)) return ['"something-else"'];
  if ('not' in wanted) return wanted.not.map((one) => JSON.stringify(one));
  if ('matches' in wanted) return [JSON.stringify(wanted.bad)];
  if ('atLeast' in wanted) return [String(wanted.atLeast - 1)];
  if ('atMost' in wanted) return [String(wanted.atMost + 1)];
  if ('includes' in wanted) return ['[]', JSON.stringify(wanted.includes.slice(1))];
  if ('excludes' in wanted) return wanted.excludes.map((one) => JSON.stringify(['something-else', one]));
  return wanted.set ? ['""', 'null'] : ['"something"'];
}

function isList(wanted: Wanted & object): wanted is readonly (string | number | boolean)[] {
  return Array.isArray(wanted);
}

type Tree = Map<string, Tree | string>;

/**
 * A resource of `type` named `example` that fulfils the conditions of a setting and has `value` at its path; `more` are
 * further paths.
 */
export function sampleBlock(type: string, setting: Setting, value: Sample, more: readonly string[] = []): string {
  const tree: Tree = new Map();
  const prefix = setting.each === undefined ? '' : `${setting.each}.`;
  for (const [path, condition] of Object.entries(setting.when ?? {})) {
    const wanted = typeof condition === 'object' && 'absentOr' in condition ? condition.absentOr : condition;
    put(tree, prefix + path, goodSample(wanted));
  }
  put(tree, prefix + setting.path, value);
  for (const path of more) put(tree, prefix + path, '"something"');
  return `resource "${type}" "example" {\n${print(tree, '  ')}}\n`;
}

function put(tree: Tree, path: string, value: Sample): void {
  const names = path.split('.');
  let map = tree;
  for (const name of names.slice(0, -1)) {
    const next = map.get(name);
    const inner: Tree = next instanceof Map ? next : new Map();
    map.set(name, inner);
    map = inner;
  }
  const last = names.at(-1)!;
  // The condition that a block is there is fulfilled by what stands in it.
  if (value !== undefined && !(map.get(last) instanceof Map)) map.set(last, value);
}

function print(tree: Tree, indent: string): string {
  return [...tree]
    .map(([name, value]) =>
      value instanceof Map
        ? `${indent}${name} {\n${print(value, `${indent}  `)}${indent}}\n`
        : `${indent}${name} = ${value}\n`,
    )
    .join('');
}
