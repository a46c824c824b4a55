import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern } from '../../rules/pattern.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { applyRecommender } from './applyRecommender.ts';
import {
  containerPolicies,
  policyFor,
  sizedWorkload,
  updateModeOf,
  VERTICAL_AUTOSCALER,
  verticalAutoscalersOf,
} from './verticalAutoscaler.ts';

const MODES: Readonly<Record<string, string>> = {
  Off: 'Recommendations are shown in the status only; pods keep their requests.',
  Initial: 'New pods get the recommended requests; running pods are left alone.',
  Recreate: 'Pods whose requests are far from the recommendation are evicted and come back with new ones.',
  Auto: 'The same as Recreate. The name is deprecated.',
  InPlaceOrRecreate: 'Running pods are resized in place where the node allows it, and evicted where it does not.',
};

export const pattern = definePattern({
  id: 'vpa',
  title: 'Vertical autoscaling',
  category: 'cost',
  summary: 'Finds the requests that a workload really needs, and recommends or sets them.',
  roles: {
    autoscaler: { title: 'autoscaler', required: true },
    workload: { title: 'sized workload', required: true },
    bounds: { title: 'bounds of what may be set', required: false },
  },
  *recognize(graph) {
    for (const resource of graph.all(VERTICAL_AUTOSCALER)) {
      const [edge] = graph.edgesFrom(resource, 'scales');
      const sized = edge?.target.status === 'found' ? edge.target.resource : undefined;
      const isMissing = edge ? edge.target.status === 'missing' : resource.root.lacks('spec', 'targetRef', 'name');
      const bounds = containerPolicies(resource)
        .map((policy) => policy.find('maxAllowed') ?? policy.find('minAllowed'))
        .find((node) => node !== undefined);
      yield {
        pattern: 'vpa',
        name: instanceName(resource, graph),
        participants: [
          { role: 'autoscaler', resource, at: resource.root.find('metadata', 'name') ?? resource.root },
          ...(sized
            ? [{ role: 'workload', resource: sized, at: sized.root.find('metadata', 'name') ?? sized.root }]
            : []),
          ...(bounds ? [{ role: 'bounds', resource, at: bounds.keyPlace }] : []),
        ],
        missing: isMissing ? ['workload'] : [],
      };
    }
  },
  explanations: [
    {
      types: [VERTICAL_AUTOSCALER],
      path: ['spec', 'updatePolicy', 'updateMode'],
      text(_field, resource, graph) {
        const words = MODES[updateModeOf(resource) ?? ''];
        const workload = sizedWorkload(resource, graph);
        if (words === undefined) return undefined;
        return `**How recommendations reach the pods${workload?.resource.name === undefined ? '' : ` of ${workload.resource.name}`}.** ${words}`;
      },
    },
    {
      types: WORKLOAD_TYPES,
      path: ['**', 'resources', 'requests'],
      text(field, resource, graph) {
        const [autoscaler] = verticalAutoscalersOf(resource, graph);
        const container = field.parent?.parent?.text('name');
        if (!autoscaler || container === undefined) return undefined;
        const policy = policyFor(autoscaler, container);
        const amounts = (name: string): string | undefined =>
          policy
            ?.find(name)
            ?.entries.map((entry) => `${entry.text()} ${entry.key}`)
            .join(', ');
        const recommended = autoscaler.root
          .find('status', 'recommendation', 'containerRecommendations')
          ?.items.find((item) => item.text('containerName') === container)
          ?.find('target')
          ?.entries.map((entry) => `${entry.text()} ${entry.key}`)
          .join(', ');
        const [least, most] = [amounts('minAllowed'), amounts('maxAllowed')];
        return [
          `**Sized by VerticalPodAutoscaler ${autoscaler.name ?? ''}** (${updateModeOf(autoscaler) ?? 'mode unknown'}).`,
          ...(recommended ? [`Recommended: ${recommended}.`] : []),
          ...(least ? [`At least ${least}.`] : []),
          ...(most ? [`At most ${most}.`] : []),
        ].join(' ');
      },
    },
  ],
  apply: applyRecommender,
});
