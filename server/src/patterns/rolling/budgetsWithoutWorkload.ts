import { isSelectedElsewhere, mayHaveOtherPodsOf } from '../../rules/parts/podMakers.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { DISRUPTION_BUDGET, protectsNothing } from '../reliability/disruptionBudget.ts';

const AUTOSCALERS = [
  'autoscaling/HorizontalPodAutoscaler',
  'keda.sh/ScaledObject',
  'autoscaling.k8s.io/VerticalPodAutoscaler',
];
const ROLLED = ['apps/Deployment', 'apps/StatefulSet'];

/**
 * The disruption budgets whose workload is gone: nothing that could have their pods is here at all, or somebody else
 * looks for it in vain, too, be it an autoscaler for a Deployment of the same name or a Service for the same pods.
 */
export function budgetsWithoutWorkload(graph: ResourceGraph): readonly Resource[] {
  const budgets = graph.all(DISRUPTION_BUDGET);
  const awaited = new Map<string, Resource[]>();
  for (const autoscaler of budgets.length === 0 ? [] : graph.all(...AUTOSCALERS)) {
    for (const { target, to, writtenAt } of graph.edgesFrom(autoscaler, 'scales')) {
      if (target.status !== 'missing' || !to.every((type) => ROLLED.includes(type))) continue;
      const key = `${graph.setOf(autoscaler)} ${writtenAt.text()}`;
      awaited.set(key, [...(awaited.get(key) ?? []), autoscaler]);
    }
  }
  return budgets.filter((budget) => {
    if (protectsNothing(budget, graph)?.certain) return true;
    const selector = budget.root.find('spec', 'selector');
    const { workloads, certain } = podsBySelector(budget, selector, graph);
    if (!selector?.known || !certain || workloads.length > 0) return false;
    const others = awaited.get(`${graph.setOf(budget)} ${budget.name}`) ?? [];
    if (others.some((autoscaler) => namespacesAgree(autoscaler.namespace, budget.namespace))) return true;
    const service = graph.lookup(budget, ['Service'], budget.name ?? '');
    return service.status === 'found' && waitsForThem(service.resource, selector, graph);
  });
}

/** The Service leads to the pods of this selector, and neither an operator nor another set of files has them. */
function waitsForThem(service: Resource, budget: SourceNode, graph: ResourceGraph): boolean {
  const labels = budget.find('matchLabels')?.entries ?? [];
  const selector = service.root.find('spec', 'selector');
  const areSame =
    selector?.known === true &&
    selector.entries.length === labels.length &&
    labels.every((label) => selector.text(label.key ?? '') === label.text());
  if (!areSame || labels.length === 0 || budget.entries.length > 1) return false;
  const values = labels.flatMap((label) => label.text() ?? []);
  return !mayHaveOtherPodsOf(values, service, graph) && isSelectedElsewhere(service, budget, graph) !== true;
}
