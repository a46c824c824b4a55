import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';

/** The kinds of Argo Workflows that hold templates with a `retryStrategy`. */
export const WORKFLOW_TYPES = [
  'argoproj.io/Workflow',
  'argoproj.io/WorkflowTemplate',
  'argoproj.io/ClusterWorkflowTemplate',
  'argoproj.io/CronWorkflow',
];

/** Every `retryStrategy` of a workflow with the name of its template; without a name for that of the whole workflow. */
export function* retryStrategies({
  type,
  root,
}: Resource): Iterable<{ readonly strategy: SourceNode; readonly template: string | undefined }> {
  const spec = root.find('spec', ...(type === 'argoproj.io/CronWorkflow' ? ['workflowSpec'] : []));
  const whole = spec?.find('retryStrategy');
  if (whole) yield { strategy: whole, template: undefined };
  for (const template of [
    ...(spec?.find('templates')?.items ?? []),
    ...(spec ? [spec.find('templateDefaults')] : []),
  ]) {
    const strategy = template?.find('retryStrategy');
    if (strategy) yield { strategy, template: template?.text('name') };
  }
}
