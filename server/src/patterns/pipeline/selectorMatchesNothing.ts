import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Fix } from '../../rules/contract.ts';
import { mayHaveOtherPods } from '../../rules/parts/podMakers.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe, describeOther } from '../../workspace/resource.ts';

/** A Service whose selector matches no pod has no endpoints: it answers nobody. */
export const rule = defineRule({
  id: 'pipeline/selector-matches-nothing',
  severity: 'error',
  profile: 'recommended',
  types: ['Service'],
  equivalents: [
    'kube-linter:dangling-service',
    'kube-score:service-targets-pod',
    'kics:service_does_not_target_pod',
    'kubescape:service-with-no-workload',
    'kubevious:service-selector-ref',
    'popeye:1100',
  ],
  *check(resource, graph) {
    const selector = resource.root.find('spec', 'selector');
    if (selector?.kind !== 'map' || selector.entries.length === 0) return;
    const { workloads, certain } = podsByLabels(resource, selector, graph);
    if (workloads.length > 0 || !certain) return;
    const peers = graph.sameNamespace(resource, SERVING_TYPES).map((peer) => workloadOf(peer)!);
    // Without any workload beside it, or with an operator that may run the pods, they are not to be expected here.
    const isCertain = peers.length > 0 && !mayHaveOtherPods(resource, graph);
    const close = closest(selector, peers);
    yield {
      at: selector.entries.length === 1 ? selector.entries[0]! : selector.keyPlace,
      message: `No workload${resource.namespace ? ` in ${resource.namespace}` : ''} carries the labels that ${describe(resource)} selects.`,
      ...(close
        ? {
            related: [
              {
                at: close.podLabels!.keyPlace,
                message: `The labels of ${describeOther(close.resource)}.`,
              },
            ],
          }
        : {}),
      fixes: close ? [useLabels(selector, close)] : [],
      ...(isCertain && close ? {} : { strict: true }),
    };
  },
});

/** The one workload that shares a label key with the selector, or all but one of its pairs. */
function closest(selector: SourceNode, workloads: readonly Workload[]): Workload | undefined {
  const candidates = workloads.filter(
    ({ podLabels }) => podLabels && selector.entries.some((entry) => podLabels.child(entry.key ?? '')),
  );
  const scored = candidates
    .map((workload) => ({
      workload,
      score: selector.entries.filter((entry) => workload.podLabels?.text(entry.key ?? '') === entry.text()).length,
    }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (!best) return undefined;
  if (selector.entries.length === 1) {
    const wanted = selector.entries[0]!;
    const similar = candidates.filter(({ podLabels }) =>
      isSimilar(podLabels?.text(wanted.key ?? '') ?? '', wanted.text() ?? ''),
    );
    return similar.length === 1 ? similar[0] : undefined;
  }
  return best.score > 0 && best.score > (second?.score ?? 0) ? best.workload : undefined;
}

/** One slip of the finger apart, or one name within the other. */
function isSimilar(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  if (a.startsWith(b) || b.startsWith(a) || a.endsWith(b) || b.endsWith(a)) return true;
  return nearestName(a, [b]) !== undefined;
}

function useLabels(selector: SourceNode, workload: Workload): Fix {
  return {
    title: `Use the labels of ${workload.resource.name ?? describeOther(workload.resource)}`,
    safe: false,
    edits: () =>
      selector.entries.flatMap((entry) => {
        const value = workload.podLabels?.text(entry.key ?? '');
        return value === undefined || value === entry.text() ? [] : setValue(selector, [entry.key!], value);
      }),
  };
}
