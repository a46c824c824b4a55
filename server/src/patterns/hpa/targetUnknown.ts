import { replaceValue, setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Finding } from '../../rules/contract.ts';
import { describe, type Resource } from '../../workspace/resource.ts';
import { AUTOSCALER } from './autoscaler.ts';

/** An autoscaler whose target does not exist scales nothing. */
export const rule = defineRule({
  id: 'hpa/target-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [AUTOSCALER, 'keda.sh/ScaledObject'],
  equivalents: [
    'kube-linter:dangling-horizontalpodautoscaler',
    'kube-score:horizontalpodautoscaler-has-target',
    'kics:hpa_targets_invalid_object',
    'kubescape:hpa-has-target',
    'kubevious:hpa-scale-target-ref',
    'popeye:600',
  ],
  *check(resource, graph) {
    if (resource.type === AUTOSCALER) yield* targetOfNoGroup(resource);
    for (const { writtenAt, target, to } of graph.edgesFrom(resource, 'scales')) {
      if (target.status !== 'missing') continue;
      const kind = to[0]!.slice(to[0]!.indexOf('/') + 1);
      yield {
        at: writtenAt,
        message: `There is no ${kind} ${writtenAt.text()}${resource.namespace ? ` in namespace ${resource.namespace}` : ''} to scale.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});

/** The autoscaler asks the group of `apiVersion` for the kind, and only `apps` has these, whatever the version. */
function* targetOfNoGroup(resource: Resource): Iterable<Finding> {
  const reference = resource.root.find('spec', 'scaleTargetRef');
  const kind = reference?.find('kind');
  const apiVersion = reference?.find('apiVersion');
  if (!reference || !kind || !['Deployment', 'StatefulSet', 'ReplicaSet'].includes(kind.text() ?? '')) return;
  const written = apiVersion?.text();
  if (apiVersion ? written === undefined || written.startsWith('apps/') : !reference.lacks('apiVersion')) return;
  const group = written?.includes('/') ? `the group ${written.split('/', 1)[0]}` : 'the core group';
  yield {
    at: apiVersion ?? kind,
    message: `${describe(resource)} looks for a ${kind.text()} in ${group}, where no cluster has one.`,
    fixes: [
      {
        title: 'Look in apps/v1',
        safe: true,
        edits: () =>
          apiVersion ? [replaceValue(apiVersion, 'apps/v1')] : setValue(reference, ['apiVersion'], 'apps/v1'),
      },
    ],
  };
}
