import { folderOf } from '../../workspace/documentSets.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { neighbourOf } from '../names/writtenObject.ts';

/** What the manifests around a new one agree in. */
export interface Conventions {
  /** The name that the objects of this folder bear, where most of them bear one. */
  readonly name?: string;
  /** The namespace that they write; absent where they write none. */
  readonly namespace?: string;
  /** The label by which they tell one application from another. */
  readonly labelKey: string;
}

/** The label that Kubernetes itself recommends. */
const RECOMMENDED_LABEL = 'app.kubernetes.io/name';
const NAMING_LABELS = [RECOMMENDED_LABEL, 'app', 'k8s-app', 'name', 'component', 'app.kubernetes.io/component'];

/** What a new object in the file `uri` would be expected to follow: its file first, then its folder, then its set. */
export function conventionsAt(uri: string, graph: ResourceGraph): Conventions {
  const neighbour = neighbourOf({ type: '', name: undefined, uri }, graph);
  if (!neighbour) return { labelKey: RECOMMENDED_LABEL };
  const set = graph.near(neighbour).filter(({ apiVersion }) => apiVersion !== '');
  const inFolder = set.filter((resource) => folderOf(resource) === folderOf({ uri }));
  const around = inFolder.length > 0 ? inFolder : set;
  const name = inFolder.length > 0 ? most(inFolder.map((resource) => resource.name)) : undefined;
  const namespace = most(around.flatMap((resource) => (resource.namespace === '' ? [] : [resource.namespace])));
  return {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    labelKey: labelKeyOf(around) ?? labelKeyOf(set) ?? RECOMMENDED_LABEL,
  };
}

function labelKeyOf(resources: readonly Resource[]): string | undefined {
  const keys = resources
    .filter(({ type }) => WORKLOAD_TYPES.includes(type))
    .flatMap((resource) => workloadOf(resource)?.podLabels?.entries.map(({ key }) => key) ?? []);
  return most(keys.filter((key) => key !== undefined && NAMING_LABELS.includes(key)));
}

/** What occurs most often; undefined where that is nothing. */
function most(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string | undefined, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
