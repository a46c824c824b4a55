import type { Revision } from '../../../client/src/cluster/revision.ts';
import type { RolloutProgress } from '../../../client/src/cluster/rolloutProgress.ts';
import type { DeliveryFormat } from '../deliveryOptions.ts';

/** Prints where a rollout stands and all that hinders it. */
export function printStatus(progress: RolloutProgress, format: DeliveryFormat): void {
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify({ type: 'status', progress })}\n`);
    return;
  }
  const { available, desired, images, kind, name, namespace, old, outcome, ready, revision, troubles } = progress;
  const state =
    outcome.state === 'progressing'
      ? `waiting for ${outcome.waitingFor}`
      : outcome.state === 'failed'
        ? `failed: ${outcome.reason.code}: ${outcome.reason.message}`
        : 'done';
  const lines = [
    `${kind} ${namespace}/${name}, revision ${revision || 'not numbered yet'}: ${state}`,
    `${ready} of ${desired} new pods ready, ${available} available, ${old} old`,
    `images: ${images.join(', ')}`,
    ...troubles.map(({ advice, code, message, said }) =>
      [`${code}: ${message}`, said, advice].filter((text) => text !== '').join('\n  '),
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Prints the revisions that the cluster keeps, the oldest first; the present one is marked. */
export function printHistory(
  { current, revisions }: { readonly revisions: readonly Revision[]; readonly current: Revision | undefined },
  format: DeliveryFormat,
): void {
  for (const { changeCause, number, template } of revisions) {
    const isCurrent = number === current?.number;
    const images = (template?.spec.containers ?? []).flatMap(({ image }) => image ?? []);
    const revision = { type: 'revision', revision: number, current: isCurrent, images, changeCause };
    const cause = changeCause === undefined ? '' : ` (${changeCause})`;
    process.stdout.write(
      format === 'json'
        ? `${JSON.stringify(revision)}\n`
        : `${isCurrent ? '*' : ' '} ${number}  ${images.join(', ')}${cause}\n`,
    );
  }
}
