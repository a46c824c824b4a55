import type { DocumentReview } from '../review.ts';
import { releaseDocuments } from './releaseDocuments.ts';
import { releaseReview } from './releaseReview.ts';

/** What an uninstall takes away, object by object. Objects with `helm.sh/resource-policy: keep` stay, and are unchanged. */
export function uninstallReview(manifest: string, namespace: string): DocumentReview[] {
  const documents = releaseDocuments(manifest, '');
  const kept = documents.filter(({ object }) => {
    const policy = object.metadata.annotations?.['helm.sh/resource-policy'];
    return policy?.trim().toLowerCase() === 'keep';
  });
  return releaseReview(documents, kept, namespace);
}
