import { describeObject, type KubeObject } from '../../cluster/kubeObject.ts';
import { objectDiff } from '../../cluster/objectDiff.ts';
import type { ManifestDocument } from '../manifest.ts';
import type { DocumentReview } from '../review.ts';

/** What an upgrade changes of a release, object by object: what is new or changed in the order of the chart, then what goes. */
export function releaseReview(
  before: readonly ManifestDocument[],
  after: readonly ManifestDocument[],
  namespace: string,
): DocumentReview[] {
  const keyOf = ({ object }: ManifestDocument): string => {
    const group = object.apiVersion.split('/').at(-2) ?? '';
    const { name } = object.metadata;
    return describeObject({
      kind: `${group}/${object.kind}`,
      metadata: { name, namespace: object.metadata.namespace ?? namespace },
    });
  };
  const former = new Map(before.map((document) => [keyOf(document), document.object]));
  const next = new Set(after.map(keyOf));
  const review = (
    { documentIndex, file, object }: ManifestDocument,
    change: DocumentReview['change'],
    diff: DocumentReview['diff'],
  ): DocumentReview => ({
    file,
    documentIndex,
    kind: object.kind,
    namespace: object.metadata.namespace ?? namespace,
    name: object.metadata.name,
    change,
    diff,
    owner: undefined,
    conflicts: [],
  });
  const kept = after.map((document) => {
    const diff = objectDiff(former.get(keyOf(document)), document.object);
    return review(document, diff.change, diff);
  });
  const gone = before
    .filter((document) => !next.has(keyOf(document)))
    .map((document) => review(document, 'delete', diffOfDeletion(document.object)));
  return [...kept, ...gone];
}

/** Everything that goes, as removed lines. */
function diffOfDeletion(object: KubeObject): NonNullable<DocumentReview['diff']> {
  const { after } = objectDiff(undefined, object);
  const lines = after.trimEnd().split('\n');
  return {
    change: 'update',
    before: after,
    after: '',
    lines: [`@@ -1,${lines.length} +0,0 @@`, ...lines.map((line) => `-${line}`)],
  };
}
