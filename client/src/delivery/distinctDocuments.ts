import { isDeepStrictEqual } from 'node:util';
import { identityOf } from '../cluster/applySet.ts';
import { Failure } from '../cluster/failure.ts';
import { describeObject } from '../cluster/kubeObject.ts';
import type { ManifestDocument } from './manifest.ts';

/**
 * The documents without those that say the same a second time. Throws `invalid` where two say different things of one
 * object: the later one would silently win.
 */
export function distinctDocuments(documents: readonly ManifestDocument[], namespace: string): ManifestDocument[] {
  const known = new Map<string, ManifestDocument>();
  for (const document of documents) {
    const { object } = document;
    const metadata = { ...object.metadata, namespace: object.metadata.namespace ?? namespace };
    const key = JSON.stringify(identityOf({ ...object, metadata }, true));
    const former = known.get(key);
    if (former && !isDeepStrictEqual(former.object, object)) {
      const { documentIndex, file } = document;
      throw new Failure('invalid', `${describeObject(object)} is written twice, and not alike.`, {
        said: former.file === file ? file : `${former.file}, ${file}`,
        advice: 'Keep one of them, or deploy them apart.',
        places: [{ file, documentIndex, path: ['metadata', 'name'] }],
      });
    }
    if (!former) known.set(key, document);
  }
  return [...known.values()];
}
