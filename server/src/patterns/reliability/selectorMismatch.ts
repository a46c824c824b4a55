import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { matchesLabelSelector, matchesLabels } from '../../workspace/selection.ts';

/** The API server rejects a workload whose selector does not match the labels of its own pods. */
export const rule = defineRule({
  id: 'reliability/selector-mismatch',
  severity: 'error',
  profile: 'recommended',
  types: [
    'apps/Deployment',
    'apps/StatefulSet',
    'apps/DaemonSet',
    'apps/ReplicaSet',
    'argoproj.io/Rollout',
    'ReplicationController',
  ],
  equivalents: [
    'kube-linter:mismatching-selector',
    'kube-score:deployment-pod-selector-labels-match-template-metadata-labels',
    'kube-score:statefulset-pod-selector-labels-match-template-metadata-labels',
    'kubescape:mismatching-selector',
    'popeye:508',
  ],
  *check(resource) {
    const selector = resource.root.find('spec', 'selector');
    const { template, podLabels } = workloadOf(resource)!;
    if (selector?.kind !== 'map' || !template || (!podLabels && !template.lacks('metadata', 'labels'))) return;
    const isPlain = resource.type === 'ReplicationController';
    const matches = isPlain ? matchesLabels(selector, podLabels) : matchesLabelSelector(selector, podLabels);
    if (selector.entries.length === 0 || matches !== false) return;
    const wrong = ((isPlain ? selector : selector.find('matchLabels'))?.entries ?? []).filter(
      (pair) =>
        pair.kind === 'scalar' &&
        podLabels?.child(pair.key!)?.kind !== 'unknown' &&
        podLabels?.text(pair.key!) !== pair.text(),
    );
    yield {
      at: wrong[0] ?? selector.keyPlace,
      message: `${describe(resource)} is rejected: its pods do not carry the label${wrong.length === 1 ? ` ${wrong[0]!.key}: ${wrong[0]!.text()}` : 's'} that it selects.`,
      related: podLabels ? [{ at: podLabels.keyPlace, message: 'The labels of its pods.' }] : [],
      fixes:
        wrong.length === 1
          ? [
              {
                title: 'Give the pods the label of the selector',
                safe: false,
                edits: () => setValue(template, ['metadata', 'labels', wrong[0]!.key!], wrong[0]!.scalar),
              },
            ]
          : [],
    };
  },
});
