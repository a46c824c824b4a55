import { window } from 'vscode';
import { comparableObject } from '../cluster/comparableObject.ts';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import type { KubeObject } from '../cluster/kubeObject.ts';
import { objectDiff } from '../cluster/objectDiff.ts';
import { objectPath } from '../cluster/resourceType.ts';
import type { ObjectReference } from '../cluster/tree/clusterNode.ts';
import { chosenObject } from './clusterArgument.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCancel } from './withCluster.ts';

/** Shows the difference between an object and its namesake in another context. */
export const compareContexts: Command = {
  id: 'slipway.compareContexts',
  needsTrust: true,
  async run({ cluster, pages, target }, argument) {
    const { context, name, object } = chosenObject(argument);
    const others = target
      .contexts()
      .contexts.map((each) => each.name)
      .filter((each) => each !== context);
    if (others.length === 0) throw new Failure('not-found', 'The kubeconfigs offer no other context to compare with.');
    const given = (argument as { other?: unknown }).other;
    const title = `Compare ${name} of ${context}`;
    const other =
      typeof given === 'string'
        ? given
        : orDismissed(await window.showQuickPick(others, { title, placeHolder: 'With which context?' }));
    const [left, right] = await withCancel(title, (signal) =>
      Promise.all([read(cluster.api(context), object, signal), read(cluster.api(other), object, signal)]),
    );
    const [before, after] = textsOf(left, right, [context, other]);
    await pages.compare(object, { context, text: before }, { context: other, text: after });
  },
};

/** What stands in the diff of two objects; one that is not there is compared as nothing. */
function textsOf(
  left: KubeObject | undefined,
  right: KubeObject | undefined,
  contexts: readonly [string, string],
): readonly [left: string, right: string] {
  if (!right) return [left ? objectDiff(undefined, left).after : '', ''];
  const { after, before } = objectDiff(left, right, contexts);
  return [before, after];
}

async function read(
  api: KubeApi,
  { name, namespace, type }: ObjectReference,
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  try {
    return comparableObject(await api.get(objectPath(type, namespace, name), signal));
  } catch (error) {
    if (error instanceof Failure && error.kind === 'not-found') return undefined;
    throw error;
  }
}
