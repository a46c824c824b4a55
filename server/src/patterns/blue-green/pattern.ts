import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern } from '../../rules/pattern.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyBlueGreen } from './applyBlueGreen.ts';
import { colourOf, colourPairs, pairOf } from './colours.ts';

export const pattern = definePattern({
  id: 'blue-green',
  title: 'Blue-green',
  category: 'deployment',
  summary: 'Runs the new version beside the old one, tests it, and switches all users at once.',
  roles: {
    active: { title: 'active service', required: true },
    preview: { title: 'preview service', required: true },
    blue: { title: 'blue workload', required: true },
    green: { title: 'green workload', required: true },
  },
  *recognize(graph) {
    for (const { label, blue, green } of colourPairs(graph)) {
      const services = graph.near(blue.resource, 'Service').filter((service) => pairOf(service, graph)?.blue === blue);
      const chooses = (service: Resource) => service.root.text('spec', 'selector', label);
      const choosing = services.filter((service) => chooses(service) !== undefined);
      const preview =
        choosing.length > 1
          ? (choosing.find((service) => /preview|test|idle|next|stag/i.test(service.name ?? '')) ?? choosing[1])
          : undefined;
      const active = choosing.find((service) => service !== preview);
      const name = (resource: Resource) => resource.root.find('metadata', 'name') ?? resource.root;
      yield {
        pattern: 'blue-green',
        name: active?.name ?? blue.resource.name?.replace(/-?blue$/i, '') ?? colourOf(blue, label) ?? 'blue-green',
        participants: [
          ...(active
            ? [{ role: 'active', resource: active, at: active.root.find('spec', 'selector', label) ?? name(active) }]
            : []),
          ...(preview ? [{ role: 'preview', resource: preview, at: name(preview) }] : []),
          { role: 'blue', resource: blue.resource, at: name(blue.resource) },
          { role: 'green', resource: green.resource, at: name(green.resource) },
        ],
        missing: [...(active ? [] : ['active']), ...(preview ? [] : ['preview'])],
      };
    }
    for (const rollout of graph.all('argoproj.io/Rollout')) {
      const strategy = rollout.root.find('spec', 'strategy', 'blueGreen');
      if (!strategy) continue;
      const services = graph.edgesFrom(rollout, 'switches').flatMap(({ target, writtenAt }) =>
        target.status === 'found'
          ? [
              {
                role: writtenAt.key === 'previewService' ? 'preview' : 'active',
                resource: target.resource,
                at: target.resource.root.find('metadata', 'name') ?? target.resource.root,
              },
            ]
          : [],
      );
      const at = rollout.root.find('metadata', 'name') ?? rollout.root;
      yield {
        pattern: 'blue-green',
        name: instanceName(rollout, graph),
        participants: [...services, { role: 'blue', resource: rollout, at }, { role: 'green', resource: rollout, at }],
        missing: ['active', 'preview'].filter(
          (role) => !services.some((service) => service.role === role) && isMissing(rollout, `${role}Service`, graph),
        ),
      };
    }
  },
  explanations: [
    {
      types: ['Service'],
      path: ['spec', 'selector', '*'],
      text(field, service, graph) {
        const pair = pairOf(service, graph);
        if (!pair || field.key !== pair.label) return undefined;
        return `**Blue-green switch.** ${service.name} sends all users to ${field.text()}. Changing this value to ${[pair.blue, pair.green].map((workload) => colourOf(workload, pair.label)).find((colour) => colour !== field.text())} switches them at once; the other colour stays for rolling back.`;
      },
    },
  ],
  apply: applyBlueGreen,
});

/** Nothing is written in that field of a Rollout, or the name of a Service that does not exist; a template leaves it open. */
function isMissing(rollout: Resource, field: string, graph: ResourceGraph): boolean {
  const edge = graph.edgesFrom(rollout, 'switches').find(({ writtenAt }) => writtenAt.key === field);
  return edge ? edge.target.status === 'missing' : rollout.root.lacks('spec', 'strategy', 'blueGreen', field);
}
