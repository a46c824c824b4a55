import { Failure } from '../cluster/failure.ts';
import type { ClusterArgument, ObjectReference } from '../cluster/tree/clusterNode.ts';

/** What a node of the cluster view, or a key binding in its form, says. Everything may be missing. */
export function clusterArgument(argument: unknown): Partial<ClusterArgument> {
  return typeof argument === 'object' && argument !== null ? (argument as Partial<ClusterArgument>) : {};
}

/** An object in a context that a command is to act on. */
export interface ChosenObject {
  readonly context: string;
  readonly object: ObjectReference;
  readonly container: string | undefined;
  /** `Deployment shop/cart`. */
  readonly name: string;
}

/** The object that the argument names. There is no other way to say which: the cluster view has it. */
export function chosenObject(argument: unknown): ChosenObject {
  const { container, context, object } = clusterArgument(argument);
  if (typeof context !== 'string' || typeof object?.name !== 'string' || typeof object.type?.plural !== 'string') {
    throw new Failure('not-found', 'No object of a cluster was chosen.', {
      advice: 'Choose it in the Cluster view, and take the command from its menu.',
    });
  }
  const { name, namespace, type } = object;
  return { context, object, container, name: `${type.kind} ${namespace ? `${namespace}/` : ''}${name}` };
}
