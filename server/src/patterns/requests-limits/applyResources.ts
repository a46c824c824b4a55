import { setValue } from '../../languages/yaml/yamlEdits.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { TextEdit } from '../../text/sourceText.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';

/** The reference of the catalog. */
export const REFERENCE_RESOURCES = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { cpu: '500m', memory: '512Mi' },
};

/** Gives every container of the workload that has no `resources` the reference values; what is written stays. */
export function applyResources(resource: Resource): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const edits = (workload ? [...workload.initContainers, ...workload.containers] : []).flatMap(
    (container): TextEdit[] =>
      container.lacks('resources') ? setValue(container, ['resources'], REFERENCE_RESOURCES) : [],
  );
  return edits.length === 0 ? undefined : { edits, creates: [] };
}
