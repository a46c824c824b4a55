import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { fewestPods } from '../reliability/disruptionBudget.ts';
import { type RolloutStep, rolloutLimits, rolloutSteps } from './rolloutSteps.ts';

const LONGEST_TABLE = 12;

/** Plays the rollout of a Deployment with its own numbers, as Markdown; undefined where a template writes them. */
export function explainRollout(limits: SourceNode, resource: Resource, graph: ResourceGraph): string | undefined {
  const workload = workloadOf(resource);
  const count = workload && fewestPods(workload, graph);
  if (!count || count.pods === 0) return undefined;
  const replicas = count.pods;
  const bounds = rolloutLimits(limits, replicas);
  if (!bounds) return undefined;
  const steps = rolloutSteps(replicas, bounds);
  const least = Math.min(...steps.map(({ old, ready }) => old + ready));
  const most = Math.max(...steps.map(({ old, ready, starting }) => old + ready + starting));
  const minReadySeconds = resource.root.number('spec', 'minReadySeconds') ?? 0;
  const scaled = count.by === resource ? '' : `, the least that ${count.by.kind} ${count.by.name ?? ''} leaves`;
  const time =
    minReadySeconds > 0
      ? ` It takes at least ${steps.filter(({ starting }) => starting > 0).length * minReadySeconds} s, since each new pod has to stay ready for ${minReadySeconds} s.`
      : '';
  return [
    `**Rolling update** of ${replicas} ${replicas === 1 ? 'pod' : 'pods'}${scaled}: never fewer than ${least} that answer, never more than ${most} in all.${time}`,
    '',
    '| step | old | new, ready | new, starting |',
    '|---|---|---|---|',
    ...rows(steps),
    `| done | 0 | ${replicas} | 0 |`,
  ].join('\n');
}

function rows(steps: readonly RolloutStep[]): string[] {
  const all = steps.map(({ old, ready, starting }, index) => `| ${index + 1} | ${old} | ${ready} | ${starting} |`);
  if (all.length <= LONGEST_TABLE) return all;
  return [...all.slice(0, LONGEST_TABLE - 2), '| … | | | |', all.at(-1)!];
}
