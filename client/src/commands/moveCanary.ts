import { commands, Uri, window } from 'vscode';
import { objectOwner } from '../cluster/objectOwner.ts';
import { objectPath } from '../cluster/resourceType.ts';
import { versionName, weightChanges } from '../delivery/progressive/canary.ts';
import { nextStep } from '../delivery/progressive/canaryState.ts';
import { type ClusterCanary, clusterRoutes, requireServing } from '../delivery/progressive/clusterCanary.ts';
import { dividingType } from '../delivery/progressive/dividingRoute.ts';
import { refuseKept, requireUnkept } from '../delivery/progressive/keepingRollout.ts';
import { type CanaryInFile, shareInWords } from './askCanary.ts';
import { objectsOfWorkspace } from './askObject.ts';
import { askPlaceOfChange } from './askPlaceOfChange.ts';
import { askProtection } from './askProtection.ts';
import { askTarget } from './askTarget.ts';
import { canaryPlan } from './canaryChoices.ts';
import type { CommandContext } from './command.ts';
import { editManifests } from './editManifest.ts';
import { orDismissed } from './orDismissed.ts';
import { canaryKey } from './runningCanaries.ts';
import { withCluster } from './withCluster.ts';

/** Gives a canary its next share, or takes all traffic from it, in the place that the person chooses. */
export async function moveCanary(
  context: CommandContext,
  found: CanaryInFile,
  act: 'promote' | 'abort',
): Promise<void> {
  const { canary, kind, object } = found;
  const name = versionName(canary.canary);
  const title = act === 'promote' ? `Promote canary ${name}` : `Abort canary ${name}`;
  if ((await askPlaceOfChange(title)) === 'files') {
    await refuseKeptInFiles(found);
    const percent = act === 'abort' ? 0 : nextStep(canaryPlan(), canary.percent ?? lowest(canary));
    const changes = weightChanges(canary, found.documentIndex, percent);
    const count = await editManifests([{ uri: found.uri, changes }]);
    const said = count === 0 ? `${name} has ${percent} % there already.` : `${name} gets ${percent} % in the file.`;
    offerDeploy(context, window.showInformationMessage(said, ...(count === 0 ? [] : ['Deploy'])), found);
    return;
  }
  const place = await askTarget(context, undefined, title, object.metadata.namespace);
  const route = { kind, namespace: place.namespace, name: object.metadata.name };
  const where = `${kind} ${route.namespace}/${route.name} on ${place.context}`;
  const target: ClusterCanary = { route, stable: canary.stable, canary: canary.canary };
  const [now, owner] = await withCluster(context, place.context, `Reading ${where}`, async (api, signal) => {
    await requireUnkept(api, route, signal);
    const path = objectPath(dividingType(kind), route.namespace, route.name);
    if (act === 'promote') await requireServing(api, place.namespace, canary, signal);
    return [await clusterRoutes(api, target).read(signal), objectOwner(await api.get(path, signal))] as const;
  });
  const percent = act === 'abort' ? 0 : nextStep(canaryPlan(), now ?? lowest(canary));
  const from = now === undefined ? 'different shares' : `${now} %`;
  const yes = act === 'promote' ? `Give ${name} ${percent} %` : `Take ${name} back`;
  const detail = [`${where}: ${name} from ${from} to ${percent} %.`, owner?.warning].filter(Boolean).join('\n\n');
  orDismissed(await window.showWarningMessage(`${title}?`, { modal: true, detail }, yes));
  await askProtection(context, place.context, `${title} of ${where}`);
  const key = canaryKey({ context: place.context, target });
  const wish = act === 'abort' ? ({ type: 'abort', reason: 'By hand.' } as const) : ({ type: 'promote' } as const);
  if (context.canaries.wish(key, wish)) return;
  await withCluster(context, place.context, `${title}: ${percent} %`, (api, signal) =>
    clusterRoutes(api, target).write(percent, signal),
  );
  context.log.info(`${where}: ${name} has ${percent} %.`);
  const more = percent > 0 && percent < 100 ? ['Next Step', 'Abort'] : [];
  const rest = `The file says ${shareInWords(canary)}.`;
  window.showInformationMessage(`${name} has ${percent} % on ${place.context}. ${rest}`, ...more).then(
    async (choice) => {
      const argument = { uri: found.uri.toString() };
      if (choice === 'Next Step') await commands.executeCommand('slipway.promoteCanary', argument);
      if (choice === 'Abort') await commands.executeCommand('slipway.abortCanary', argument);
    },
    (error: unknown) => context.log.error(String(error)),
  );
}

/** A Rollout in the same folder keeps the weights in the cluster, whatever the file of the route says. */
async function refuseKeptInFiles({ kind, object, uri }: CanaryInFile): Promise<void> {
  const rollouts = await objectsOfWorkspace({
    mark: 'trafficRouting',
    accepts: (each) => each.kind === 'Rollout' && each.apiVersion.startsWith('argoproj.io/'),
  });
  const folder = (file: Uri): string => Uri.joinPath(file, '..').toString();
  const near = rollouts.filter((each) => folder(each.uri) === folder(uri));
  const { name, namespace = 'default' } = object.metadata;
  refuseKept(
    { kind, namespace, name },
    near.map((each) => each.object),
  );
}

/** Routes that disagree go on from the lowest share, so that none jumps. */
function lowest({ routes }: CanaryInFile['canary']): number {
  return Math.min(...routes.map(({ percent }) => percent));
}

function offerDeploy({ log }: CommandContext, answer: Thenable<string | undefined>, { uri }: CanaryInFile): void {
  answer.then(
    (choice) => choice && commands.executeCommand('slipway.deploy', { uri: uri.toString() }),
    (error: unknown) => log.error(String(error)),
  );
}
