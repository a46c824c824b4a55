import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern } from '../../rules/pattern.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';

export const pattern = definePattern({
  id: 'rolling',
  title: 'Rolling update',
  category: 'deployment',
  summary: 'Replaces the pods of a workload a few at a time, so that users never meet a gap.',
  roles: {
    workload: { title: 'workload', required: true },
    readiness: { title: 'readiness probe', required: true },
    budget: { title: 'disruption budget', required: false },
  },
  *recognize(graph) {
    for (const resource of graph.all('apps/Deployment')) {
      const strategy = resource.root.find('spec', 'strategy');
      if (strategy?.text('type') === 'Recreate') continue;
      const workload = workloadOf(resource);
      const limits = strategy?.find('rollingUpdate');
      if (!workload || !limits) continue;
      const probe = workload.containers
        .map((container) => container.find('readinessProbe'))
        .find((node) => node !== undefined);
      yield {
        pattern: 'rolling',
        name: instanceName(resource, graph),
        participants: [
          { role: 'workload', resource, at: limits.keyPlace },
          ...(probe ? [{ role: 'readiness', resource, at: probe.keyPlace }] : []),
        ],
        missing:
          probe || workload.containers.some((container) => !container.lacks('readinessProbe')) ? [] : ['readiness'],
      };
    }
  },
});
