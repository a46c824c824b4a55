import { Failure } from '../cluster/failure.ts';
import { describeObject } from '../cluster/kubeObject.ts';
import { withoutQuotedSecrets } from '../cluster/secretValues.ts';
import type { ManifestDocument } from './manifest.ts';

/** A document that the API server would not take, and why. */
export interface Refusal {
  readonly document: ManifestDocument;
  readonly failure: Failure;
}

/** One failure for all refused documents: the kind of the first, the words and places of all. */
export function refusedDocuments(first: Failure, refusals: readonly Refusal[]): Failure {
  const named = refusals.map(({ document, failure }) => ({ name: describeObject(document.object), failure }));
  const message =
    refusals.length === 1
      ? `${named[0]?.name} was refused. ${first.report.message}`
      : `${refusals.length} objects were refused. ${first.report.message}`;
  return new Failure(first.kind, message, {
    said: refusals.map(wordsOf).join('\n'),
    advice: first.report.advice,
    places: refusals.map(({ document: { file, documentIndex }, failure }) => ({
      file,
      documentIndex,
      path: pathOfField(failure.report.conflicts[0]?.field ?? fieldInWords(failure.report.said)),
    })),
    conflicts: refusals.flatMap(({ failure }) => failure.report.conflicts),
  });
}

function wordsOf({ document: { object }, failure }: Refusal): string {
  const words = failure.report.said || failure.report.message;
  return `${describeObject(object)}: ${withoutQuotedSecrets(words, object)}`;
}

/** `spec.template.spec.containers[0].image` in the server's words, as in `… is invalid: spec.replicas: Invalid value`. */
function fieldInWords(said: string): string {
  return /(?:^|[:\s[])((?:spec|metadata|data|webhooks|rules)[\w.[\]"-]*): /.exec(said)?.[1] ?? '';
}

/** `.spec.containers[name="web"].image` and `spec.containers[0].image` as a path; a list by key ends the path there. */
export function pathOfField(field: string): (string | number)[] {
  const path: (string | number)[] = [];
  for (const [, name, index, other] of field.matchAll(/([\w/-]+)|\[(\d+)\]|(\[[^\]]*\])/g)) {
    if (other !== undefined) break;
    if (name !== undefined) path.push(name);
    else if (index !== undefined) path.push(Number(index));
  }
  return path;
}
