import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';

/** One label by which pods choose their nodes. */
export interface ChosenLabel {
  readonly key: string;
  readonly at: SourceNode;
}

/** The labels that pods demand of their nodes: those of `nodeSelector` and of the required node affinity. */
export function chosenLabels(resource: Resource): ChosenLabel[] {
  const podSpec = workloadOf(resource)?.podSpec;
  const selector = podSpec?.find('nodeSelector')?.entries ?? [];
  const terms = podSpec?.find(...REQUIRED_TERMS)?.items ?? [];
  return [
    ...selector.flatMap((entry) => (entry.key === undefined ? [] : [{ key: entry.key, at: entry }])),
    ...terms.flatMap((term) =>
      (term.find('matchExpressions')?.items ?? []).flatMap((expression) => {
        const at = expression.find('key');
        const key = at?.text();
        return at && key !== undefined ? [{ key, at }] : [];
      }),
    ),
  ];
}

/** A template may add to the choice, so that nothing missing proves anything. */
export function choiceIsOpen(resource: Resource): boolean {
  const podSpec = workloadOf(resource)?.podSpec;
  if (!podSpec) return true;
  const selector = podSpec.find('nodeSelector');
  const affinity = podSpec.find('affinity');
  return (
    (selector ? !selector.known : !podSpec.lacks('nodeSelector')) ||
    (affinity ? !affinity.known : !podSpec.lacks('affinity'))
  );
}

const REQUIRED_TERMS = [
  'affinity',
  'nodeAffinity',
  'requiredDuringSchedulingIgnoredDuringExecution',
  'nodeSelectorTerms',
] as const;
