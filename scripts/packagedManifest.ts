/** A package.json, as far as packaging looks into it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

/** What only matters where the sources are: the extension is bundled, so it depends on nothing. */
const DEVELOPMENT_KEYS = new Set([
  'dependencies',
  'devDependencies',
  'overrides',
  'scripts',
  'private',
  'bin',
  'files',
]);

/** The manifest that is shipped, made of the project's own. */
export function packagedManifest(manifest: Manifest): Manifest {
  const kept = Object.entries(manifest).filter(([key]) => !DEVELOPMENT_KEYS.has(key));
  return Object.fromEntries(kept) as Manifest;
}

/**
 * The files that a manifest names, relative to it and without a leading `./`: the program, the icon, and every string
 * below `contributes` that starts with `./`. What VS Code finds without a dot before it is not seen, so write the dot.
 */
export function filesNamedBy(manifest: Manifest): readonly string[] {
  const named = new Set<string>();
  const add = (path: unknown) => {
    if (typeof path === 'string') named.add(path.replace(/^\.\//, '').replace(/#.*$/, ''));
  };
  add(manifest['main']);
  add(manifest['icon']);
  const visit = (value: unknown): void => {
    if (typeof value === 'string' && value.startsWith('./')) add(value);
    else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) visit(item);
  };
  visit(manifest['contributes']);
  return [...named].sort();
}
