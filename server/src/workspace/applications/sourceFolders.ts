import { applicationsOf, type ImageUse, imageUses, PUBLIC_IMAGES } from '../applications.ts';
import { folderOf } from '../documentSets.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Resource, ResourceType } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import { isApplicationFile } from './applicationFiles.ts';

/** A folder of sources that an image is built from, with its own files and every container that runs it. */
export interface SourceFolder {
  readonly name: string;
  /** URI of the folder, with its trailing slash. */
  readonly folder: string;
  /** Undefined where a build tool makes the image without one, as Jib, buildpacks and the .NET SDK do. */
  readonly dockerfile: Resource | undefined;
  /** Build files, settings and migrations below the folder, unless a folder further down has them. */
  readonly files: readonly Resource[];
  readonly uses: readonly ImageUse[];
}

/** Files that make their folder one that is built, where no Dockerfile stands. */
const BUILD_FILES: ReadonlySet<ResourceType> = new Set([
  'application/MavenProject',
  'application/GradleBuild',
  'application/CargoManifest',
  'application/PythonProject',
  'application/PythonRequirements',
  'application/DotnetProject',
]);

/** Every folder of sources of the workspace that holds files of an application. */
export function sourceFoldersOf(graph: ResourceGraph): readonly SourceFolder[] {
  return graph.memo('source-folders', () => {
    const files = graph.all().filter(({ type }) => isApplicationFile(type));
    const folders = new Map<string, { name: string; dockerfile: Resource | undefined; uses: readonly ImageUse[] }>();
    for (const { folder, name, dockerfile, uses } of applicationsOf(graph)) {
      folders.set(folder, { name, dockerfile, uses });
    }
    const dockerfolders = [...folders.keys()];
    const built = files.filter(({ type }) => BUILD_FILES.has(type)).map(folderOf);
    for (const folder of new Set(built)) {
      if (dockerfolders.some((other) => folder.startsWith(other))) continue;
      const name = /([^/]+)\/$/.exec(folder)?.[1] ?? '';
      const isOnly =
        !PUBLIC_IMAGES.has(name) && built.every((other) => other === folder || !other.endsWith(`/${name}/`));
      folders.set(folder, { name, dockerfile: undefined, uses: isOnly ? (imageUses(graph).get(name) ?? []) : [] });
    }
    const members = new Map<string, Resource[]>();
    for (const file of files) {
      const owner = ownerOf(file.uri, folders);
      if (owner !== undefined) members.set(owner, [...(members.get(owner) ?? []), file]);
    }
    return [...members].map(([folder, own]): SourceFolder => ({ folder, files: own, ...folders.get(folder)! }));
  });
}

/** The folder of sources that a file belongs to. */
export function sourceFolderOf(file: Resource, graph: ResourceGraph): SourceFolder | undefined {
  const index = graph.memo('source-folder-by-file', () => {
    const byFile = new Map<Resource, SourceFolder>();
    for (const folder of sourceFoldersOf(graph)) for (const own of folder.files) byFile.set(own, folder);
    return byFile;
  });
  return index.get(file);
}

/** The container of a workload that runs an image of a folder of sources, with that folder. */
export interface RunningSource {
  readonly workload: Workload;
  readonly container: ImageUse['container'];
  readonly source: SourceFolder;
}

/** Every container whose image is built from files of the workspace. */
export function runningSources(graph: ResourceGraph): readonly RunningSource[] {
  return graph.memo('running-sources', () =>
    sourceFoldersOf(graph).flatMap((source) =>
      source.uses.map(({ workload, container }): RunningSource => ({ workload, container, source })),
    ),
  );
}

/** The deepest of `folders` that holds the file. */
function ownerOf(uri: string, folders: ReadonlyMap<string, unknown>): string | undefined {
  for (let end = uri.lastIndexOf('/'); end > 0; end = uri.lastIndexOf('/', end - 1)) {
    const folder = uri.slice(0, end + 1);
    if (folders.has(folder)) return folder;
  }
  return undefined;
}
