import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern, type Participant, type PatternInstance } from '../../rules/pattern.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyBlueGreen } from './applyBlueGreen.ts';
import { colourOf, colourPairs, loneColours, pairOf } from './colours.ts';

/** What people call the Service by which they test the idle colour. */
const PREVIEW = /preview|(?:^|[-_.])(?:test|idle|next|stage|staging)(?:$|[-_.])/i;

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
      yield switched(label, services, { blue, green });
    }
    for (const { label, workload, role, services } of loneColours(graph))
      yield switched(label, services, { [role]: workload });
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

/** Two colours of plain Deployments, one of which may be missing, and the Services that choose between them. */
function switched(
  label: string,
  services: readonly Resource[],
  { blue, green }: { readonly blue?: Workload; readonly green?: Workload },
): PatternInstance {
  const choosing = services.filter((service) => service.root.text('spec', 'selector', label) !== undefined);
  const preview = choosing.find(({ name }) => PREVIEW.test(name ?? '')) ?? choosing[1];
  const active = choosing.find((service) => service !== preview);
  const named = ({ root }: Resource) => root.find('metadata', 'name') ?? root;
  const [one] = [blue, green].filter((workload) => workload !== undefined);
  const participants: Participant[] = [
    ...(active
      ? [{ role: 'active', resource: active, at: active.root.find('spec', 'selector', label) ?? named(active) }]
      : []),
    ...(preview ? [{ role: 'preview', resource: preview, at: named(preview) }] : []),
    ...(blue ? [{ role: 'blue', resource: blue.resource, at: named(blue.resource) }] : []),
    ...(green ? [{ role: 'green', resource: green.resource, at: named(green.resource) }] : []),
  ];
  return {
    pattern: 'blue-green',
    name:
      active?.name ??
      one?.resource.name?.replace(/-?(?:blue|green)$/i, '') ??
      (one && colourOf(one, label)) ??
      'blue-green',
    participants,
    missing: ['active', 'preview', 'blue', 'green'].filter(
      (role) => !participants.some((participant) => participant.role === role),
    ),
  };
}

/** Nothing is written in that field of a Rollout, or the name of a Service that does not exist; a template leaves it open. */
function isMissing(rollout: Resource, field: string, graph: ResourceGraph): boolean {
  const edge = graph.edgesFrom(rollout, 'switches').find(({ writtenAt }) => writtenAt.key === field);
  return edge ? edge.target.status === 'missing' : rollout.root.lacks('spec', 'strategy', 'blueGreen', field);
}
