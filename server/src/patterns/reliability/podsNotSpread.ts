import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { matchesLabelSelector } from '../../workspace/selection.ts';
import { isSingle, PROTECTED_TYPES } from './disruptionBudget.ts';

/** All pods may be on one node, and go with it. */
export const rule = defineRule({
  id: 'reliability/pods-not-spread',
  severity: 'information',
  profile: 'strict',
  types: PROTECTED_TYPES,
  equivalents: [
    'kube-linter:no-anti-affinity',
    'kube-score:deployment-has-host-podantiaffinity',
    'kube-score:statefulset-has-host-podantiaffinity',
    'kics:deployment_has_no_pod_anti_affinity',
    'kics:statefulset_has_no_pod_anti_affinity',
  ],
  *check(resource, graph) {
    const workload = workloadOf(resource)!;
    const { podSpec } = workload;
    if (!podSpec || isSingle(workload, graph)) return;
    const terms = podSpec.lacks('affinity', 'podAntiAffinity')
      ? []
      : ownTerms(podSpec.find('affinity', 'podAntiAffinity'));
    if (!terms || terms.some((term) => matchesLabelSelector(term.find('labelSelector'), workload.podLabels) !== false))
      return;
    const [other] = terms;
    if (other && !workload.podLabels && !workload.template?.lacks('metadata', 'labels')) return;
    yield {
      at: other ? (other.find('labelSelector')?.keyPlace ?? other) : podSpec.keyPlace,
      message: other
        ? `The podAntiAffinity of ${describe(resource)} keeps its pods off others, not off each other: it does not select their own labels.`
        : `No podAntiAffinity keeps the pods of ${describe(resource)} off each other's nodes.`,
    };
  },
});

/** All terms of an anti-affinity, demanded and preferred; undefined where a template may write some. */
function ownTerms(affinity: SourceNode | undefined): readonly SourceNode[] | undefined {
  if (affinity?.kind !== 'map' || !affinity.known) return undefined;
  return [
    ...(affinity.find('requiredDuringSchedulingIgnoredDuringExecution')?.items ?? []),
    ...(affinity.find('preferredDuringSchedulingIgnoredDuringExecution')?.items ?? []).flatMap(
      (preference) => preference.find('podAffinityTerm') ?? [],
    ),
  ];
}
