import type { DrawPicture, PictureNode } from '../../rules/picture.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { fewestPods } from '../reliability/disruptionBudget.ts';
import { rolloutLimits, rolloutSteps } from './rolloutSteps.ts';

const MOST_STEPS = 8;

/** The rollout of a Deployment step by step: how many pods are old, new and starting. */
export const picture: DrawPicture = ({ participants }, graph) => {
  const resource = participants.find(({ role }) => role === 'workload')?.resource;
  const workload = resource?.type === 'apps/Deployment' ? workloadOf(resource) : undefined;
  const limits = resource?.root.find('spec', 'strategy', 'rollingUpdate');
  const count = workload && fewestPods(workload, graph);
  if (!limits || !count || count.pods === 0) return undefined;
  const bounds = rolloutLimits(limits, count.pods);
  if (!bounds) return undefined;
  const all = rolloutSteps(count.pods, bounds);
  const shown = all.length <= MOST_STEPS ? all : [...all.slice(0, MOST_STEPS - 1), all.at(-1)!];
  const left = all.length - shown.length;
  const probe = participants.find(({ role }) => role === 'readiness')?.at;
  const nodes: PictureNode[] = [
    { id: 's0', text: `${pods(count.pods)}\nold version`, shape: 'state', tone: 'first', at: limits.keyPlace },
    ...shown.map(({ old, ready, starting }, index): PictureNode => {
      const skipped = left > 0 && index === shown.length - 1 ? `${left} more steps\n` : '';
      const text = `${skipped}${old} old, ${ready} new\n${starting} starting`;
      return { id: `s${index + 1}`, text, shape: 'state', at: limits.keyPlace };
    }),
    { id: 'done', text: `${pods(count.pods)}\nnew version`, shape: 'state', at: limits.keyPlace },
  ];
  return {
    direction: 'right',
    nodes: probe
      ? nodes
      : [...nodes, { id: 'probe', text: 'No readiness probe\nstarting counts as ready', tone: 'missing' }],
    edges: nodes.slice(1).map(({ id }, index) => ({
      from: nodes[index]!.id,
      to: id,
      ...(index === 0 ? { text: `surge ${bounds.surge}, unavailable ${bounds.unavailable}` } : { text: 'ready' }),
    })),
  };
};

function pods(count: number): string {
  return `${count} ${count === 1 ? 'pod' : 'pods'}`;
}
