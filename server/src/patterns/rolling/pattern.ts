import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import { budgetsOf, DISRUPTION_BUDGET } from '../reliability/disruptionBudget.ts';
import { applyRolling } from './applyRolling.ts';
import { budgetsWithoutWorkload } from './budgetsWithoutWorkload.ts';
import { explainRollout } from './explainRollout.ts';

const TYPES = ['apps/Deployment', 'apps/StatefulSet'];

export const pattern = definePattern({
  id: 'rolling',
  title: 'Rolling update',
  category: 'deployment',
  summary: 'Replaces the pods of a workload a few at a time, so that users never meet a gap.',
  roles: {
    workload: { title: 'workload', required: true },
    readiness: { title: 'readiness probe', required: true },
    pause: { title: 'pause before stopping', required: false },
    budget: { title: 'disruption budget', required: false },
  },
  *recognize(graph) {
    for (const resource of graph.all(...TYPES)) {
      const limits = limitsOf(resource);
      const workload = workloadOf(resource);
      if (!workload || !limits) continue;
      const first = (...path: string[]): SourceNode | undefined =>
        workload.containers.map((container) => container.find(...path)).find((node) => node !== undefined);
      const probe = first('readinessProbe');
      const pause = first('lifecycle', 'preStop');
      const participants: Participant[] = [
        { role: 'workload', resource, at: limits.keyPlace },
        ...(probe ? [{ role: 'readiness', resource, at: probe.keyPlace }] : []),
        ...(pause ? [{ role: 'pause', resource, at: pause.keyPlace }] : []),
        ...budgetsOf(resource, graph).map((budget) => ({
          role: 'budget',
          resource: budget,
          at: budget.root.find('metadata', 'name') ?? budget.root,
        })),
      ];
      const isProbed =
        probe !== undefined ||
        workload.podSpec?.find('containers')?.open !== false ||
        workload.containers.some((container) => !container.lacks('readinessProbe'));
      yield {
        pattern: 'rolling',
        name: instanceName(resource, graph),
        participants,
        missing: isProbed ? [] : ['readiness'],
      };
    }
    for (const budget of budgetsWithoutWorkload(graph)) {
      const at = budget.root.find('metadata', 'name') ?? budget.root;
      yield {
        pattern: 'rolling',
        name: instanceName(budget, graph),
        participants: [{ role: 'budget', resource: budget, at }],
        missing: ['workload', 'readiness'],
      };
    }
  },
  explanations: [
    ...[[], ['maxSurge'], ['maxUnavailable']].map((path) => ({
      types: ['apps/Deployment'],
      path: ['spec', 'strategy', 'rollingUpdate', ...path],
      text: (field: SourceNode, resource: Resource, graph: Parameters<typeof explainRollout>[2]) =>
        explainRollout(path.length === 0 ? field : field.parent!, resource, graph),
    })),
    {
      types: ['apps/Deployment'],
      path: ['spec', 'progressDeadlineSeconds'],
      text: (field) =>
        field.number() === undefined
          ? undefined
          : `**Progress deadline.** A rollout that stands still for ${field.number()} s counts as failed: it stops where it is, and \`kubectl rollout undo\` takes it back.`,
    },
    {
      types: [DISRUPTION_BUDGET],
      path: ['spec', 'maxUnavailable'],
      text: (field) =>
        field.text() === undefined
          ? undefined
          : `**Disruption budget.** Draining nodes takes away at most ${field.text()} of the selected pods at a time; rollouts go by the Deployment's own \`maxUnavailable\`.`,
    },
  ],
  apply: applyRolling,
});

/** The place where a workload says how it is rolled; undefined where it says nothing, or something else. */
function limitsOf({ type, root }: Resource): SourceNode | undefined {
  const strategy = root.find('spec', type === 'apps/StatefulSet' ? 'updateStrategy' : 'strategy');
  const written = strategy?.text('type');
  if (written !== undefined && written !== 'RollingUpdate') return undefined;
  return strategy?.find('rollingUpdate') ?? (type === 'apps/StatefulSet' ? strategy : undefined);
}
