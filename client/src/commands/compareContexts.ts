import { window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import { editableText } from '../cluster/objectText.ts';
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
      Promise.all([textOf(cluster.api(context), object, signal), textOf(cluster.api(other), object, signal)]),
    );
    await pages.compare(object, { context, text: left }, { context: other, text: right });
  },
};

/** An object that is not there is compared as nothing. */
async function textOf(api: KubeApi, { name, namespace, type }: ObjectReference, signal: AbortSignal): Promise<string> {
  try {
    return editableText(await api.get(objectPath(type, namespace, name), signal));
  } catch (error) {
    if (error instanceof Failure && error.kind === 'not-found') return '';
    throw error;
  }
}
