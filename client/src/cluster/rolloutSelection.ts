import { type ResourceType, wellKnownTypes } from './resourceType.ts';
import { selectorText, type Workload } from './workload.ts';

/** The selector of a workload's pods and revisions. A Job's selector is made by the server. */
export function workloadSelector(workload: Workload): string {
  const selector = selectorText(workload.spec?.selector);
  return workload.kind === 'Job' ? selector || `job-name=${workload.metadata.name}` : selector;
}

/** What keeps the revisions of a workload of that kind. */
export function keeperType(kind: string): ResourceType {
  return kind === 'Deployment' || kind === 'Rollout' ? wellKnownTypes.replicaSets : wellKnownTypes.controllerRevisions;
}
