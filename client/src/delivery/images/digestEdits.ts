import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { Failure } from '../../cluster/failure.ts';
import { formatImageReference, parseImageReference, repositoryOf } from '../imageReference.ts';
import { type FieldChange, manifestEdits, type TextReplacement } from '../manifestEdit.ts';

/** An image that was pushed, and the digest that the registry gave it. */
export interface PushedImage {
  /** With its tag. */
  readonly reference: string;
  readonly digest: string;
}

/**
 * The edits that let a file run exactly the pushed image: images of containers, `images` of a Kustomization, and values
 * of a chart (`repository` with `tag` and `digest`, or a whole `image`). Repositories stay as they are written. Nothing
 * is changed in files that a template makes, and in those that do not name the repository.
 */
export function digestEdits(path: string, text: string, pushed: PushedImage): readonly TextReplacement[] {
  const { tag = 'latest', ...parsed } = parseImageReference(pushed.reference);
  const repository = repositoryOf({ ...parsed, tag });
  const isKustomization = /(?:^|\/)kustomization\.ya?ml$/i.test(path) || /^kind:\s*Kustomization\s*$/m.test(text);
  const isManifest = /^apiVersion\s*:/m.test(text);
  const documents = [...parseAllDocuments(text)];
  const changes = documents.flatMap((document, documentIndex): FieldChange[] => {
    if (document.errors.length > 0) return [];
    const found: FieldChange[] = [];
    const change = (at: readonly (string | number)[], value: string): void => {
      found.push({ documentIndex, path: at, value });
    };
    const visit = (node: unknown, at: readonly (string | number)[]): void => {
      if (isSeq(node)) for (const [index, item] of node.items.entries()) visit(item, [...at, index]);
      if (!isMap(node)) return;
      const textAt = (key: string): string | undefined => {
        const value = node.get(key, true);
        return isScalar(value) && (typeof value.value === 'string' || typeof value.value === 'number')
          ? String(value.value)
          : undefined;
      };
      if (isKustomization && at.length === 2 && at[0] === 'images') {
        const name = textAt('newName') ?? textAt('name');
        if (name !== undefined && namesRepository(name, repository)) {
          change([...at, 'newTag'], tag);
          change([...at, 'digest'], pushed.digest);
        }
        return;
      }
      const image = textAt('image');
      const runs = isManifest ? at.some((step) => /^(?:initC|ephemeralC|c)ontainers$/.test(String(step))) : true;
      if (image !== undefined && runs && namesRepository(image, repository)) {
        change([...at, 'image'], `${nameIn(image)}:${tag}@${pushed.digest}`);
      }
      const written = textAt('repository');
      if (!isManifest && written !== undefined) {
        const registry = textAt('registry');
        const full = registry ? `${registry.replace(/\/+$/, '')}/${written}` : written;
        if (namesRepository(full, repository)) {
          const hasDigest = node.has('digest');
          change([...at, 'tag'], hasDigest ? tag : `${tag}@${pushed.digest}`);
          if (hasDigest) change([...at, 'digest'], pushed.digest);
        }
      }
      for (const { key, value } of node.items) if (isScalar(key)) visit(value, [...at, String(key.value)]);
    };
    visit(document.contents, []);
    return found;
  });
  return manifestEdits(text, changes);
}

function namesRepository(image: string, repository: string): boolean {
  try {
    return repositoryOf(parseImageReference(image)) === repository;
  } catch (error) {
    // A template's placeholder names no repository.
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** The name as it is written, without tag and digest. */
function nameIn(image: string): string {
  const named = image.split('@')[0] ?? image;
  const colon = named.lastIndexOf(':');
  return colon > named.lastIndexOf('/') ? named.slice(0, colon) : named;
}

/** What is told of an image that was pinned: `shop/cart:2 at sha256:0123…`. */
export function pinnedInWords({ digest, reference }: PushedImage): string {
  return `${formatImageReference({ ...parseImageReference(reference), digest: undefined })} at ${digest.slice(0, 19)}`;
}
