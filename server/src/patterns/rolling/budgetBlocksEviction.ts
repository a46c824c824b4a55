import { renameKey, replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Fix } from '../../rules/contract.ts';
import { isZero } from '../../rules/parts/intOrPercent.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import type { Resource } from '../../workspace/resource.ts';
import { describe } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { DISRUPTION_BUDGET, demandedPods, fewestPods } from '../reliability/disruptionBudget.ts';

/** A budget that never lets a pod go keeps every node under it from being drained, until somebody deletes the budget. */
export const rule = defineRule({
  id: 'rolling/budget-blocks-eviction',
  severity: 'warning',
  profile: 'recommended',
  types: [DISRUPTION_BUDGET],
  equivalents: [
    'kube-linter:pdb-max-unavailable',
    'kube-linter:pdb-min-available',
    'polaris:pdbDisruptionsIsZero',
    'polaris:pdbMinAvailableGreaterThanHPAMinReplicas',
    'gatekeeper:poddisruptionbudget',
    'kyverno:pdb-maxunavailable',
    'kyverno:pdb-minavailable-check',
    'kyverno:require-reasonable-pdbs',
  ],
  *check(resource, graph) {
    const most = resource.root.find('spec', 'maxUnavailable');
    const fewest = resource.root.find('spec', 'minAvailable');
    if (most && isZero(most)) {
      yield {
        at: most,
        message: `${describe(resource)} never lets a pod go, so no node under one can be drained.`,
        fixes: [{ title: 'Set maxUnavailable to 1', safe: false, edits: () => [replaceValue(most, '1')] }],
      };
      return;
    }
    if (fewest?.kind !== 'scalar') return;
    if (fewest.text() === '100%') {
      yield {
        at: fewest,
        message: `${describe(resource)} demands all pods, so no node under one can be drained.`,
        fixes: [allowOne(fewest)],
      };
      return;
    }
    const total = podsUnder(resource, graph);
    const demanded = total && demandedPods(resource, total.pods);
    if (!total || demanded === undefined || demanded < total.pods) return;
    yield {
      at: fewest,
      message: `${describe(resource)} demands ${demanded} ${demanded === 1 ? 'pod' : 'pods'} of the ${total.pods} that ${total.words}, so none can be evicted.`,
      related: total.by.map((by) => ({
        at:
          by.root.find('spec', 'minReplicas') ??
          by.root.find('spec', 'replicas') ??
          by.root.find('metadata', 'name') ??
          by.root,
        message: `The number of pods is set by ${describe(by)}.`,
      })),
      fixes: [allowOne(fewest)],
    };
  },
});

function allowOne(fewest: SourceNode): Fix {
  return {
    title: 'Let one pod go at a time',
    safe: false,
    edits: () => [...renameKey(fewest, 'maxUnavailable'), replaceValue(fewest, '1')],
  };
}

/** The fewest pods that the selected workloads have together; undefined where one of them is unknown or switched off. */
function podsUnder(
  budget: Resource,
  graph: ResourceGraph,
): { pods: number; words: string; by: readonly Resource[] } | undefined {
  const { workloads, certain } = podsBySelector(budget, budget.root.find('spec', 'selector'), graph);
  if (!certain || workloads.length === 0) return undefined;
  const counts = workloads.map((workload) => fewestPods(workload, graph));
  if (counts.some((count) => count === undefined || count.pods === 0)) return undefined;
  const by = counts.map((count) => count!.by);
  const pods = counts.reduce((sum, count) => sum + count!.pods, 0);
  const [first] = by;
  const words =
    by.length > 1
      ? 'its workloads have at least'
      : first!.kind === 'HorizontalPodAutoscaler'
        ? `${describe(first!)} leaves at low load`
        : `${describe(first!)} has`;
  return { pods, words, by };
}
