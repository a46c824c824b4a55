import type { SourceNode } from '../../text/sourceNode.ts';

/** A `libs.versions.toml`; its `model` is a `VersionCatalog`. */
export const VERSION_CATALOG = 'application/VersionCatalog';

/** A library of a Gradle version catalog. */
export interface CatalogLibrary {
  readonly group: string;
  readonly artifact: string;
  readonly version: string | undefined;
}

/** What accessors of a script stand for: `spring.boot.starter` → the library, `bundles.data` → several. */
export type VersionCatalog = ReadonlyMap<string, readonly CatalogLibrary[]>;

/** Reads the libraries and bundles of a catalog. Aliases are found by their accessors: `-` and `_` become dots. */
export function readVersionCatalog(root: SourceNode): VersionCatalog {
  const catalog = new Map<string, CatalogLibrary[]>();
  for (const entry of root.find('libraries')?.entries ?? []) {
    const library = readLibrary(entry, root);
    if (library && entry.key !== undefined) catalog.set(accessor(entry.key), [library]);
  }
  for (const bundle of root.find('bundles')?.entries ?? []) {
    const libraries = bundle.items.flatMap((item) => catalog.get(accessor(item.text() ?? '')) ?? []);
    if (bundle.key !== undefined) catalog.set(`bundles.${accessor(bundle.key)}`, libraries);
  }
  return catalog;
}

function readLibrary(entry: SourceNode, root: SourceNode): CatalogLibrary | undefined {
  const [shortGroup, shortArtifact, shortVersion] = (entry.text() ?? entry.text('module') ?? '').split(':');
  const group = entry.text('group') ?? shortGroup;
  const artifact = entry.text('name') ?? shortArtifact;
  if (!group || !artifact) return undefined;
  const reference = entry.text('version', 'ref');
  const version = reference === undefined ? entry.text('version') : root.text('versions', reference);
  return { group, artifact, version: version ?? shortVersion };
}

function accessor(alias: string): string {
  return alias.replaceAll(/[-_]/g, '.');
}
