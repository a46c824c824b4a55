import type { FieldConflict } from '../cluster/failure.ts';
import type { ObjectDiff } from '../cluster/objectDiff.ts';
import type { ObjectOwner } from '../cluster/objectOwner.ts';

/** What applying one document would do, as the API server sees it. */
export interface DocumentReview {
  readonly file: string;
  readonly documentIndex: number;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** `unchecked` when the server cannot say yet: the namespace or the definition comes with the same delivery. */
  readonly change: 'create' | 'update' | 'unchanged' | 'unchecked' | 'delete';
  readonly diff: ObjectDiff | undefined;
  /** Another tool that will undo or overwrite the change. */
  readonly owner: ObjectOwner | undefined;
  /** Fields that others own and that this would take over or be refused for. */
  readonly conflicts: readonly FieldConflict[];
}
