import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern } from '../../rules/pattern.ts';
import { applyAutoscaler } from './applyAutoscaler.ts';
import { AUTOSCALER, targetOf } from './autoscaler.ts';
import { withoutAutoscaler } from './withoutAutoscaler.ts';

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
      const [edge] = graph.edgesFrom(resource, 'scales');
      const scaled = edge?.target.status === 'found' ? edge.target.resource : undefined;
      // A name that a template writes, here or at the workload, leaves open who is scaled.
      const isMissing = edge ? edge.target.status === 'missing' : resource.root.lacks('spec', 'scaleTargetRef', 'name');
      const requests = target?.containers
        .map((container) => container.find('resources', 'requests'))
        .find((node) => node !== undefined);
      yield {
        pattern: 'hpa',
        name: instanceName(resource, graph),
        participants: [
          { role: 'autoscaler', resource, at: resource.root.find('metadata', 'name') ?? resource.root },
          ...(scaled
            ? [{ role: 'workload', resource: scaled, at: scaled.root.find('metadata', 'name') ?? scaled.root }]
            : []),
          ...(target && requests ? [{ role: 'requests', resource: target.resource, at: requests.keyPlace }] : []),
        ],
        missing: isMissing ? ['workload'] : [],
      };
    }
    for (const { resource, requests } of withoutAutoscaler(graph)) {
      yield {
        pattern: 'hpa',
        name: instanceName(resource, graph),
        participants: [
          { role: 'workload', resource, at: resource.root.find('metadata', 'name') ?? resource.root },
          ...(requests ? [{ role: 'requests', resource, at: requests.keyPlace }] : []),
        ],
        missing: ['autoscaler'],
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
