import type { Resource, ResourceType } from '../resource.ts';

/**
 * What files of an application's own sources define: build files, settings, migrations. They are deployed with no
 * manifest, so each is a document set of its own, and only the folder of sources joins them.
 */
const PREFIX = 'application/';

/** `application/MavenProject`, `application/SpringSettings` and the like. */
export function isApplicationFile(type: ResourceType): boolean {
  return type.startsWith(PREFIX);
}

/** The resource of a whole file of an application's sources, named by its folder. */
export function applicationFile(
  kind: string,
  root: Resource['root'],
  model: unknown,
  name: string | undefined = folderNameOf(root.source.uri),
): Resource {
  const { uri } = root.source;
  return { type: `${PREFIX}${kind}`, kind, apiVersion: '', name, namespace: undefined, root, uri, model };
}

function folderNameOf(uri: string): string | undefined {
  return /([^/]+)\/[^/]*$/.exec(uri)?.[1];
}
