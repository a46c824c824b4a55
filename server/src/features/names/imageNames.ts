import { applicationsOf } from '../../workspace/applications.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { label } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { KnownName, NameFinder } from './nameFinder.ts';

/** Images that Dockerfiles of the workspace build, as manifests call them already; then what else runs here. */
export const imageNames: NameFinder = {
  path: /(?:^|\.)(?:containers|initContainers|ephemeralContainers)\[\]\.image$|(?:^|\.)image$/,
  *find({ graph }) {
    yield* graph.memo('image names', () => [...known(graph)]);
  },
};

function* known(graph: ResourceGraph): Generator<KnownName> {
  const built = new Set<string>();
  const applications = applicationsOf(graph);
  const prefix = usualPrefix(applications.flatMap(({ uses }) => uses.map(({ at }) => at.text() ?? '')));
  for (const { folder, name, uses } of applications) {
    const detail = `built in ${decodeURIComponent(folder.split('/').at(-2) ?? '')}`;
    const written = new Set(uses.map(({ at }) => at.text() ?? ''));
    if (written.size === 0) written.add(`${prefix}${name}`);
    for (const value of written) {
      built.add(value);
      yield { value, detail };
    }
  }
  const others = new Map<string, string>();
  for (const resource of graph.all(...WORKLOAD_TYPES)) {
    const workload = workloadOf(resource);
    for (const container of [...(workload?.containers ?? []), ...(workload?.initContainers ?? [])]) {
      const image = container.text('image');
      if (image !== undefined && !built.has(image)) others.set(image, `used by ${label(resource)}`);
    }
  }
  for (const [value, detail] of others) yield { value, detail, isUnlikely: true };
}

/** `registry.example.com/shop/`, where most images of the workspace go. */
function usualPrefix(images: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const image of images) {
    const prefix = image.slice(0, image.lastIndexOf('/') + 1);
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
