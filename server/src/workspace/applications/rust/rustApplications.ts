import { CARGO_MANIFEST, type CargoDependency, type CargoManifest } from '../../../languages/rust/cargoManifest.ts';
import type { Resource } from '../../resource.ts';
import type { ResourceGraph } from '../../resourceGraph.ts';
import { type SourceFolder, sourceFoldersOf } from '../sourceFolders.ts';

/** A crate of a dependency with what the manifest of its workspace adds. */
export interface UsedCrate extends CargoDependency {
  readonly resource: Resource;
  /** The version or its features stand in a manifest that was not read. */
  readonly isPartial: boolean;
}

/** A package of Rust and the crates that it is built with. */
export interface RustApplication {
  readonly source: SourceFolder;
  readonly manifests: readonly Resource[];
  readonly crates: readonly UsedCrate[];
}

/** Every folder of sources that Cargo builds. */
export function rustApplications(graph: ResourceGraph): readonly RustApplication[] {
  return graph.memo('rust-applications', () =>
    sourceFoldersOf(graph).flatMap((source): RustApplication[] => {
      const manifests = source.files.filter(({ type }) => type === CARGO_MANIFEST);
      if (manifests.length === 0) return [];
      const crates = manifests.flatMap((resource) =>
        (resource.model as CargoManifest).dependencies
          .filter(({ section }) => section === 'dependencies')
          .map((crate) => inherited(crate, resource, graph)),
      );
      return [{ source, manifests, crates }];
    }),
  );
}

function inherited(crate: CargoDependency, resource: Resource, graph: ResourceGraph): UsedCrate {
  if (!crate.fromWorkspace) return { ...crate, resource, isPartial: false };
  const shared = graph
    .all(CARGO_MANIFEST)
    .filter(({ uri }) => resource.uri.startsWith(uri.slice(0, uri.lastIndexOf('/') + 1)))
    .flatMap(({ model }) => (model as CargoManifest).shared)
    .find(({ node }) => node.key === crate.node.key);
  if (!shared) return { ...crate, resource, isPartial: true };
  const features = [...shared.features, ...crate.features];
  const { version, defaultFeatures } = shared;
  return { ...crate, crate: shared.crate, version, defaultFeatures, features, resource, isPartial: false };
}

/** The crate of that name that the package itself asks for. */
export function crateNamed(application: RustApplication, ...names: readonly string[]): UsedCrate | undefined {
  return application.crates.find(({ crate }) => names.includes(crate));
}
