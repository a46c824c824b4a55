import { window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import type { ReleaseReference } from '../delivery/release/helmEngine.ts';
import { askTarget } from './askTarget.ts';
import { clusterArgument } from './clusterArgument.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { releaseClient } from './releaseClient.ts';
import { withCancel } from './withCluster.ts';

/** A release of a cluster that a command is to act on. */
export interface InstalledRelease {
  readonly reference: ReleaseReference;
  /** The revision that the cluster view was asked about; absent from the palette. */
  readonly revision?: number;
  /** `release shop/cart on live`. */
  readonly where: string;
}

/** The release that the cluster view names, else one of the namespace that the person chooses. */
export async function askInstalledRelease(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<InstalledRelease> {
  const { release } = clusterArgument(argument);
  const target = await askTarget(context, argument, title);
  if (typeof release?.name === 'string') {
    const revision = typeof release.revision === 'number' ? { revision: release.revision } : {};
    return { ...installed({ ...target, name: release.name }), ...revision };
  }
  const place = `namespace ${target.namespace} of ${target.context}`;
  const releases = await withCancel(`Reading the releases in ${place}`, (signal) =>
    releaseClient(context).releases(target.context, target.namespace, signal),
  );
  if (releases.length === 0) {
    throw new Failure('not-found', `Helm has no release in ${place}.`, {
      advice: 'Choose another namespace with Choose Context and Namespace, or take the release from the Cluster view.',
    });
  }
  const items = releases.map(({ chart, name, revision, status }) => ({
    label: name,
    description: `${chart}, revision ${revision}, ${status}`,
  }));
  const placeHolder = `Which release in ${place}?`;
  const { label } = orDismissed(await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }));
  return installed({ ...target, name: label });
}

function installed(reference: ReleaseReference): InstalledRelease {
  return { reference, where: `release ${reference.namespace}/${reference.name} on ${reference.context}` };
}
