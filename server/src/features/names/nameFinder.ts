import type { WrittenObject } from './writtenObject.ts';

/** A name or value that the workspace knows for the place of a cursor. */
export interface KnownName {
  readonly value: string | number;
  /** Whose name it is: `Service in shop`, `port of container web`. */
  readonly detail?: string;
  /** Offered behind those without. */
  readonly isUnlikely?: boolean;
}

/** Finds names for the values of some fields. */
export interface NameFinder {
  /** Matches the path with `[]` for indexes: `spec.ports[].targetPort`. */
  readonly path: RegExp;
  find(written: WrittenObject): Iterable<KnownName>;
}

/** `['spec', 'ports', 0, 'port']` → `spec.ports[].port`. */
export function dottedPath(path: WrittenObject['path']): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += '[]';
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}
