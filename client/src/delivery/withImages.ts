import { Failure } from '../cluster/failure.ts';
import type { KubeObject } from '../cluster/kubeObject.ts';
import { formatImageReference, parseImageReference, repositoryOf } from './imageReference.ts';
import type { ImageSubstitution } from './intent.ts';

/**
 * The object with its containers' images replaced as the substitutions say. An image that is no valid reference, as a
 * template's placeholder, is left alone. Throws `invalid` when a digest is wanted and none was pushed.
 */
export function withImages(
  object: KubeObject,
  substitutions: readonly ImageSubstitution[],
  digests: ReadonlyMap<string, string>,
): KubeObject {
  if (substitutions.length === 0) return object;
  const replacements = new Map(
    substitutions.map((substitution) => [
      repositoryOf(parseImageReference(substitution.repository)),
      substitutedImage(substitution, digests),
    ]),
  );
  const replace = (value: unknown, key: string | undefined): unknown => {
    if (Array.isArray(value)) return value.map((item) => replaceIn(item, key));
    return replaceIn(value, key);
  };
  const replaceIn = (value: unknown, key: string | undefined): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const isContainer = key === 'containers' || key === 'initContainers' || key === 'ephemeralContainers';
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name,
        isContainer && name === 'image' && typeof field === 'string'
          ? (replacements.get(repositoryName(field) ?? '') ?? field)
          : replace(field, name),
      ]),
    );
  };
  return { ...object, ...(object['spec'] === undefined ? {} : { spec: replace(object['spec'], 'spec') }) };
}

function substitutedImage(substitution: ImageSubstitution, digests: ReadonlyMap<string, string>): string {
  if (!substitution.pinDigest) return substitution.reference;
  const digest = digests.get(substitution.reference);
  if (digest === undefined) {
    throw new Failure('invalid', `The digest of ${substitution.reference} is not known: it was not pushed here.`);
  }
  return formatImageReference({ ...parseImageReference(substitution.reference), digest });
}

function repositoryName(image: string): string | undefined {
  try {
    return repositoryOf(parseImageReference(image));
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
