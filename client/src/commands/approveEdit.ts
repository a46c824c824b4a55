import type { PlannedEdit } from '../cluster/liveEdit.ts';
import { askProtection } from './askProtection.ts';
import { askReview } from './askReview.ts';
import type { CommandContext } from './command.ts';
import type { LiveObject } from './liveObjects.ts';

/** Shows what saving an object would change and asks whether to; a protected context's name is typed first. */
export async function approveEdit(
  { reviews, server }: Pick<CommandContext, 'reviews' | 'server'>,
  { api, reference }: LiveObject,
  { diff, owner }: PlannedEdit,
): Promise<boolean> {
  const { name, namespace, type } = reference;
  await askProtection({ server }, api.context, `Change ${type.kind} ${name} on ${api.context}`);
  const review = {
    file: '',
    documentIndex: 0,
    kind: type.kind,
    name,
    namespace,
    change: diff.change,
    diff,
    owner,
    conflicts: [],
  };
  return askReview({ kind: 'edit', context: api.context, namespace: namespace ?? 'none' }, [review], reviews);
}
