import type { SourceNode } from '../../text/sourceNode.ts';

/** A `Cargo.toml`; its `model` is a `CargoManifest`. */
export const CARGO_MANIFEST = 'application/CargoManifest';

/** A crate that a package depends on. */
export interface CargoDependency {
  /** The crate's own name, also where it is renamed. */
  readonly crate: string;
  readonly section: 'dependencies' | 'dev-dependencies' | 'build-dependencies';
  /** A requirement as written; undefined where the workspace, a path or a repository decides. */
  readonly version: string | undefined;
  readonly features: readonly string[];
  readonly featuresAt: SourceNode | undefined;
  /** `default-features = false` is not written. */
  readonly defaultFeatures: boolean;
  readonly optional: boolean;
  /** `workspace = true`: version and further features stand in the manifest of the workspace. */
  readonly fromWorkspace: boolean;
  /** The key and its value. */
  readonly node: SourceNode;
}

export interface CargoManifest {
  readonly name: string | undefined;
  readonly dependencies: readonly CargoDependency[];
  /** `[workspace.dependencies]`: what members may ask for by `workspace = true`. */
  readonly shared: readonly CargoDependency[];
  /** The manifest could not be read as a whole. */
  readonly open: boolean;
}

const SECTIONS = ['dependencies', 'dev-dependencies', 'build-dependencies'] as const;

/** Reads the dependencies of a manifest, those for one target among them. */
export function readCargoManifest(root: SourceNode): CargoManifest {
  const targets = root.find('target')?.entries ?? [];
  const dependencies = SECTIONS.flatMap((section) =>
    [root, ...targets].flatMap((owner) => readSection(owner.find(section), section)),
  );
  return {
    name: root.text('package', 'name'),
    dependencies,
    shared: readSection(root.find('workspace', 'dependencies'), 'dependencies'),
    open: root.open,
  };
}

function readSection(table: SourceNode | undefined, section: CargoDependency['section']): CargoDependency[] {
  return (table?.entries ?? []).flatMap((node) => {
    if (node.key === undefined) return [];
    const features = node.find('features');
    return {
      crate: node.text('package') ?? node.key,
      section,
      version: node.kind === 'scalar' ? node.text() : node.text('version'),
      features: features?.items.flatMap((item) => item.text() ?? []) ?? [],
      featuresAt: features,
      defaultFeatures: node.boolean('default-features') !== false && node.boolean('default_features') !== false,
      optional: node.boolean('optional') === true,
      fromWorkspace: node.boolean('workspace') === true,
      node,
    };
  });
}
