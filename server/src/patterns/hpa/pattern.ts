import { definePattern } from '../../rules/pattern.ts';
import { applyAutoscaler } from './applyAutoscaler.ts';
import { AUTOSCALER, targetOf } from './autoscaler.ts';

export const pattern = definePattern({
  id: 'hpa',
  title: 'Horizontal autoscaling',
  category: 'cost',
  summary: 'Adds and removes replicas so that the load of each stays near a target.',
  roles: {
    autoscaler: { title: 'autoscaler', required: true },
    workload: { title: 'scaled workload', required: true },
    requests: { title: 'requests for the metric', required: false },
  },
  *recognize(graph) {
    for (const resource of graph.all(AUTOSCALER)) {
      const target = targetOf(resource, graph);
      const requests = target?.containers
        .map((container) => container.find('resources', 'requests'))
        .find((node) => node !== undefined);
      yield {
        pattern: 'hpa',
        name: resource.name ?? resource.kind,
        participants: [
          { role: 'autoscaler', resource, at: resource.root.find('metadata', 'name') ?? resource.root },
          ...(target
            ? [
                {
                  role: 'workload',
                  resource: target.resource,
                  at: target.resource.root.find('metadata', 'name') ?? target.resource.root,
                },
              ]
            : []),
          ...(target && requests ? [{ role: 'requests', resource: target.resource, at: requests.keyPlace }] : []),
        ],
        missing: target ? [] : ['workload'],
      };
    }
  },
  explanations: [
    {
      types: [AUTOSCALER],
      path: ['spec', 'metrics', '*', 'resource', 'target', 'averageUtilization'],
      text(field, resource) {
        const percent = field.number();
        const [least, most] = [
          resource.root.number('spec', 'minReplicas') ?? 1,
          resource.root.number('spec', 'maxReplicas'),
        ];
        if (percent === undefined || most === undefined) return undefined;
        return `**Autoscaling target.** Replicas are added when the pods use more than ${percent} % of their ${field.parent?.parent?.text('name')} request on average, and removed below it: ${least} to ${most} replicas, wanted = current × usage / ${percent} %.`;
      },
    },
  ],
  apply: applyAutoscaler,
});
