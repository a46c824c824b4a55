import { definePattern, type PatternInstance } from '../../rules/pattern.ts';
import { applicationsOf, type ImageUse } from '../../workspace/applications.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyPipeline } from './applyPipeline.ts';
import { foldersWithoutDockerfile } from './foldersWithoutDockerfile.ts';
import { mayRunTemplated } from './templatedImages.ts';

export const pattern = definePattern({
  id: 'pipeline',
  title: 'Delivery pipeline',
  category: 'delivery',
  summary: 'Takes an application from its sources over an image to running pods that can be reached.',
  roles: {
    dockerfile: { title: 'Dockerfile', required: true },
    workload: { title: 'workload that runs the image', required: true },
    service: { title: 'service', required: true },
    route: { title: 'route from outside', required: false },
  },
  *recognize(graph) {
    for (const { name, dockerfile, uses } of applicationsOf(graph)) yield useOf(name, dockerfile, uses, graph);
    for (const { name, uses } of foldersWithoutDockerfile(graph)) yield useOf(name, undefined, uses, graph);
  },
  apply: applyPipeline,
});

function useOf(
  name: string,
  dockerfile: Resource | undefined,
  uses: readonly ImageUse[],
  graph: ResourceGraph,
): PatternInstance {
  const workloads = [...new Set(uses.map(({ workload }) => workload))];
  const services = new Set(workloads.flatMap((workload) => [...servicesOf(workload, graph)]));
  const routes = new Set<Resource>([...services].flatMap((service) => outerRoutes(service, graph)));
  const place = (resource: Resource) => resource.root.find('metadata', 'name') ?? resource.root;
  const top = (resource: Resource) => ({ source: resource.root.source, span: { start: 0, end: 0 } });
  const mayHaveService = ({ resource }: Workload) => graph.near(resource, 'Service').some(hidesPods);
  // An image that only jobs run needs no Service.
  const isServed = workloads.some(({ resource }) => !resource.type.startsWith('batch/'));
  return {
    pattern: 'pipeline',
    name,
    participants: [
      ...(dockerfile ? [{ role: 'dockerfile', resource: dockerfile, at: top(dockerfile) }] : []),
      ...workloads.map(({ resource }) => ({ role: 'workload', resource, at: place(resource) })),
      ...[...services].map((resource) => ({ role: 'service', resource, at: place(resource) })),
      ...[...routes].map((resource) => ({ role: 'route', resource, at: place(resource) })),
    ],
    missing: [
      ...(dockerfile ? [] : ['dockerfile']),
      ...(workloads.length > 0 || mayRunTemplated(name, graph) ? [] : ['workload']),
      ...(services.size > 0 || !isServed || workloads.some(mayHaveService) ? [] : ['service']),
    ],
  };
}

/** The routes that lead to a Service; a DestinationRule speaks of its host, but leads nobody there. */
function outerRoutes(service: Resource, graph: ResourceGraph): Resource[] {
  return graph.edgesTo(service, 'routes-to').flatMap(({ source }) => (source.type === DESTINATION_RULE ? [] : source));
}

/** A template writes what this Service selects. */
function hidesPods({ root }: Resource): boolean {
  return root.find('spec', 'selector')?.known === false;
}
