import { window } from 'vscode';
import { describeObject, type KubeObject } from '../cluster/kubeObject.ts';
import type { Prune } from '../delivery/step.ts';

/** How many objects a dialog names; the rest is counted, and all of them stand in the log. */
const shownObjects = 20;

/** Asks whether to delete what is gone from the manifests; closing the question leaves everything. */
export async function askPrune(
  { context, set }: Prune,
  objects: readonly KubeObject[],
  log: (line: string) => void,
): Promise<boolean> {
  const names = objects.map(describeObject);
  for (const name of names) log(`Gone from the manifests: ${name}`);
  const more = names.length > shownObjects ? [`and ${names.length - shownObjects} more, named in the log`] : [];
  const act = `Delete ${names.length === 1 ? '1 object' : `${names.length} objects`}`;
  const choice = await window.showWarningMessage(
    `Slipway applied these to ${context}, and ${set.source ?? set.name} no longer has them. Delete them there?`,
    { modal: true, detail: [...names.slice(0, shownObjects), ...more].join('\n') },
    act,
  );
  return choice === act;
}
