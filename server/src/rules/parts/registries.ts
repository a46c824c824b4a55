import { matchesPath } from '../../configuration/glob.ts';
import type { ImageReference } from '../../languages/imageReference.ts';

/** Whether an image lies in one of these registries or folders of registries, which may be globs. */
export function isFrom({ registry, repository }: ImageReference, registries: readonly string[]): boolean {
  return matchesPath(registries, `${registry}/${repository}`);
}
