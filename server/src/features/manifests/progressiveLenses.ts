import { colourOf, pairOf } from '../../patterns/blue-green/colours.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { Lens, LensCommand } from '../languageFeatures.ts';
import { writtenRoot } from '../writtenRoot.ts';

/** What can be done next with objects of progressive delivery: a canary's routes, the Service of a blue-green pair, an Argo Rollout, an application of Argo CD. */
export function* progressiveLenses(resource: Resource, graph: ResourceGraph): Generator<Lens> {
  const { span } = writtenRoot(resource)!;
  const lens = (command: LensCommand, title: string): Lens => ({
    span,
    command,
    resolve: () => ({ title, places: [] }),
  });
  if (resource.type === VIRTUAL_SERVICE) {
    const shares = dividedShares(resource.root);
    if (shares === undefined) return;
    yield lens('slipway.promoteCanary', `Promote canary (${shares})`);
    yield lens('slipway.abortCanary', 'Abort canary');
    yield lens('slipway.runCanary', 'Run with analysis');
  } else if (resource.type === 'Service') {
    const pair = pairOf(resource, graph);
    const now = pair && resource.root.text('spec', 'selector', pair.label);
    if (!pair || now === undefined) return;
    const colours = [pair.blue, pair.green].map((workload) => colourOf(workload, pair.label));
    const other = colours.find((colour) => colour !== now);
    yield lens('slipway.switchColour', `Switch to ${other}`);
    yield lens('slipway.previewColour', `Preview ${other}`);
  } else if (resource.type === 'argoproj.io/Rollout') {
    yield lens('slipway.promoteRollout', 'Promote');
    yield lens('slipway.abortRollout', 'Abort');
    yield lens('slipway.retryRollout', 'Retry');
    yield lens('slipway.rollBack', 'Undo');
  } else if (resource.type === 'argoproj.io/Application') {
    yield lens('slipway.syncApplication', 'Sync');
    yield lens('slipway.refreshApplication', 'Refresh');
    yield lens('slipway.rollBackApplication', 'Roll back');
  }
}

/** `v1 95 %, v2 5 %` of the first route that divides between two versions by weight. */
function dividedShares(root: SourceNode): string | undefined {
  for (const route of root.find('spec', 'http')?.items ?? []) {
    const ends = route.find('route')?.items ?? [];
    if (ends.length !== 2 || !ends.some((end) => end.find('weight'))) continue;
    const shares = ends.map((end) => {
      const name = end.text('destination', 'subset') ?? end.text('destination', 'host')?.split('.')[0];
      return name === undefined ? undefined : `${name} ${end.text('weight') ?? 0} %`;
    });
    if (shares.every((share) => share !== undefined)) return shares.join(', ');
  }
  return undefined;
}
