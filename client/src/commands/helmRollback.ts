import { window } from 'vscode';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { Failure } from '../cluster/failure.ts';
import { releaseDocuments, workloadsOf } from '../delivery/release/releaseDocuments.ts';
import { releaseReview } from '../delivery/release/releaseReview.ts';
import { askInstalledRelease, type InstalledRelease } from './askInstalledRelease.ts';
import { askProtection } from './askProtection.ts';
import { askReview } from './askReview.ts';
import type { Command, CommandContext } from './command.ts';
import { letFinish } from './letFinish.ts';
import { orDismissed } from './orDismissed.ts';
import { releaseClient } from './releaseClient.ts';
import { runDelivery } from './runDelivery.ts';
import { withCancel } from './withCluster.ts';

/** Takes a release back to a former revision after a look at what that changes, and watches its workloads. */
export const helmRollback: Command = {
  id: 'slipway.helmRollback',
  needsTrust: true,
  async run(context, argument) {
    const release = await askInstalledRelease(context, argument, 'Roll Back Release');
    const { reference, where } = release;
    const helm = releaseClient(context);
    const revision = await askRevision(context, release);
    const title = `Roll back ${where} to revision ${revision}`;
    const [now, former] = await withCancel(`Reading revision ${revision} of ${where}`, async (signal) => [
      await helm.current(reference, signal),
      await helm.atRevision(reference, revision, signal),
    ]);
    const before = releaseDocuments(now?.manifest ?? '', '');
    const reviews = releaseReview(before, releaseDocuments(former.manifest, ''), reference.namespace);
    const { context: contextName, namespace } = reference;
    const act = `Roll back ${reference.name} from revision ${now?.revision} to ${revision} on ${contextName}`;
    const review = { kind: 'edit', context: contextName, namespace, act } as const;
    if (!(await askReview(review, reviews, context.reviews))) return;
    await askProtection(context, contextName, title);
    context.log.info(`=== ${title}`);
    const back = await letFinish(title, async (signal) => {
      await helm.rollback(reference, revision, signal);
      return helm.current(reference, signal);
    });
    context.log.info(`${where}: revision ${back?.revision} is as revision ${revision} was.`);
    const timeoutMilliseconds = slipwaySettings.rolloutTimeoutMilliseconds();
    for (const { workload } of workloadsOf(releaseDocuments(back?.manifest ?? '', ''), namespace)) {
      const watching = `Watch ${workload.kind} ${workload.namespace}/${workload.name} on ${contextName}`;
      const rollout = { context: contextName, workload, timeoutMilliseconds };
      if ((await runDelivery(context, { rollout }, watching)).status !== 'done') return;
    }
  },
};

/** The revision that the cluster view named where it is a former one, else one of the former ones by choice. */
async function askRevision(context: CommandContext, { reference, revision, where }: InstalledRelease): Promise<number> {
  const history = await withCancel(`Reading the history of ${where}`, (signal) =>
    releaseClient(context).history(reference, signal),
  );
  const [current, ...former] = [...history].reverse();
  if (former.some((candidate) => candidate.revision === revision)) return revision!;
  if (!current || former.length === 0) {
    throw new Failure('not-found', `Helm keeps no former revision of ${where} to go back to.`);
  }
  const items = former.map(({ appVersion, chart, description, revision: number, status, updated }) => ({
    label: `Revision ${number}`,
    description: [chart, appVersion === '' ? '' : `app version ${appVersion}`, status]
      .filter((text) => text !== '')
      .join(', '),
    detail: `${updated.replace('T', ' ').slice(0, 19)}: ${description}`,
    number,
  }));
  const placeHolder = `Now at revision ${current.revision}, ${current.status}. Back to which?`;
  const title = `Roll back ${where}`;
  return orDismissed(await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true })).number;
}
