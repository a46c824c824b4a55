import { CARGO_MANIFEST } from '../../languages/rust/cargoManifest.ts';
import { SQLX_QUERY } from '../../languages/rust/queryLanguage.ts';
import { RUST_SOURCE, type RustSource, type SqlxMacro } from '../../languages/rust/rustSource.ts';
import { type Migration, SQL_MIGRATION } from '../../languages/sql/migrationLanguage.ts';
import {
  crateNamed,
  type RustApplication,
  rustApplications,
  type UsedCrate,
} from '../../workspace/applications/rust/rustApplications.ts';
import { sourceFolderOf } from '../../workspace/applications/sourceFolders.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource, ResourceType } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** Everything that may size a pool of SQLx. */
export const POOL_TYPES: readonly ResourceType[] = [RUST_SOURCE, 'ConfigMap', 'docker/Dockerfile', ...WORKLOAD_TYPES];

export interface SqlxApplication extends RustApplication {
  readonly sqlx: UsedCrate;
}

/** The packages of the workspace that use SQLx. */
export function sqlxApplications(graph: ResourceGraph): readonly SqlxApplication[] {
  return rustApplications(graph).flatMap((application) => {
    const sqlx = crateNamed(application, 'sqlx');
    return sqlx ? [{ ...application, sqlx }] : [];
  });
}

/** The package of SQLx that a file belongs to. */
export function sqlxApplicationOf(file: Resource, graph: ResourceGraph): SqlxApplication | undefined {
  const source = sourceFolderOf(file, graph);
  return source && sqlxApplications(graph).find((application) => application.source === source);
}

/** The macros of SQLx that a package uses, each with its file. */
export function macrosOf({ source }: RustApplication): { readonly resource: Resource; readonly macro: SqlxMacro }[] {
  return source.files
    .filter(({ type }) => type === RUST_SOURCE)
    .flatMap((resource) => (resource.model as RustSource).macros.map((macro) => ({ resource, macro })));
}

/** Some file of `cargo sqlx prepare` stands in the package, or in the workspace of Cargo above it. */
export function hasQueryData({ source }: RustApplication, graph: ResourceGraph): boolean {
  return graph.all(SQLX_QUERY).some(({ uri }) => {
    const owner = uri.slice(0, uri.indexOf('/.sqlx/') + 1);
    return owner.startsWith(source.folder) || source.folder.startsWith(owner);
  });
}

/** The manifests that a rule over crates is asked for. */
export const MANIFESTS: readonly ResourceType[] = [CARGO_MANIFEST];

/** A file of a folder `migrations` as SQLx reads its name: `<version>_<description>.sql`, `.up.sql` or `.down.sql`. */
export interface SqlxMigration {
  readonly version: string;
  readonly direction: 'simple' | 'up' | 'down';
}

export function sqlxMigration(fileName: string): SqlxMigration | undefined {
  const match = /^(\d+)_.+?(?:\.(up|down))?\.sql$/.exec(fileName);
  if (!match) return undefined;
  return { version: match[1]!.replace(/^0+(?=\d)/, ''), direction: (match[2] as 'up' | 'down') ?? 'simple' };
}

/** The migrations of the folder in which `resource` stands, where SQLx reads that folder; undefined for other folders. */
export function siblingMigrations(resource: Resource, graph: ResourceGraph): readonly Resource[] | undefined {
  const application = sqlxApplicationOf(resource, graph);
  const { folder } = resource.model as Migration;
  if (!application || folder !== `${application.source.folder}migrations/`) return undefined;
  return application.source.files.filter(
    ({ type, model }) => type === SQL_MIGRATION && (model as Migration).folder === folder,
  );
}
