import { DOCKERFILE } from '../../languages/dockerfile/dockerfileLanguage.ts';
import { DOCKERIGNORE } from '../../languages/dockerfile/dockerignore.ts';
import { type ImageUse, imageUses, PUBLIC_IMAGES } from '../../workspace/applications.ts';
import { folderOf } from '../../workspace/documentSets.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** A folder that says what is left out of its image, without the Dockerfile that makes the image. */
interface FolderWithoutDockerfile {
  readonly name: string;
  /** The containers that run an image of the folder's name; one at least. */
  readonly uses: readonly ImageUse[];
}

/**
 * The folders with a `.dockerignore`, an image of their name that runs, and no Dockerfile that may build it. Sources
 * alone prove nothing: Jib, buildpacks and the .NET SDK make images without a Dockerfile, and read no `.dockerignore`.
 */
export function* foldersWithoutDockerfile(graph: ResourceGraph): Iterable<FolderWithoutDockerfile> {
  const dockerfiles = graph.all(DOCKERFILE).map(({ uri }) => uri);
  const folders = graph
    .all(DOCKERIGNORE)
    .flatMap((file) => (file.uri.endsWith('/.dockerignore') ? folderOf(file) : []));
  for (const folder of new Set(folders)) {
    const name = /([^/]+)\/$/.exec(folder)?.[1] ?? '';
    const uses = imageUses(graph).get(name) ?? [];
    if (uses.length === 0 || PUBLIC_IMAGES.has(name)) continue;
    if (folders.some((other) => other !== folder && other.endsWith(`/${name}/`))) continue;
    // A Dockerfile elsewhere may build this context: one beside the folder, or one that bears the name of the image.
    const parent = folder.slice(0, -name.length - 1);
    const isBuilt = dockerfiles.some((uri) => {
      const isBelow = uri.startsWith(parent);
      const path = uri.slice(isBelow ? parent.length : uri.lastIndexOf('/', uri.lastIndexOf('/') - 1));
      return path.includes(name) || (isBelow && !path.includes('/'));
    });
    if (!isBuilt) yield { name, uses };
  }
}
