import type { SourceNode } from '../../text/sourceNode.ts';
import { isFilledByCluster } from '../clusterNamespaces.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph, Ternary } from '../resourceGraph.ts';
import { isSetByController, matchesLabelSelector, matchesLabels, namespacesAgree } from '../selection.ts';
import { SERVING_TYPES, WORKLOAD_TYPES, type Workload, workloadOf } from './workload.ts';

/** The workloads whose pods a selector picks. `certain` is false where a template may pick more or fewer. */
export interface PodSelection {
  readonly workloads: readonly Workload[];
  readonly certain: boolean;
}

interface PodIndex {
  readonly byLabel: ReadonlyMap<string, readonly Workload[]>;
  /** Workloads whose labels a template writes, wholly or in part. */
  readonly open: readonly Workload[];
  readonly all: readonly Workload[];
}

/** Pods of the set and namespace of `from` whose labels carry every pair of `selector` (a plain map). */
export function podsByLabels(
  from: Resource,
  selector: SourceNode | undefined,
  graph: ResourceGraph,
  namespace = from.namespace,
): PodSelection {
  if (selector?.kind !== 'map') return { workloads: [], certain: selector?.kind !== 'unknown' };
  return select(from, candidates(from, selector, graph), (labels) => matchesLabels(selector, labels), graph, namespace);
}

/** The same for a LabelSelector with `matchLabels` and `matchExpressions`. */
export function podsBySelector(
  from: Resource,
  selector: SourceNode | undefined,
  graph: ResourceGraph,
  namespace = from.namespace,
): PodSelection {
  if (!selector) return { workloads: [], certain: true };
  const pool = candidates(from, selector.find('matchLabels'), graph);
  return select(from, pool, (labels) => matchesLabelSelector(selector, labels), graph, namespace);
}

/** The Services whose selector certainly picks the pods of a workload. */
export function servicesOf(workload: Workload, graph: ResourceGraph): readonly Resource[] {
  const selections = graph.memo(`services-by-workload ${graph.setOf(workload.resource)}`, () => {
    const byWorkload = new Map<Resource, Resource[]>();
    for (const service of graph.near(workload.resource, 'Service')) {
      for (const { resource } of podsByLabels(service, service.root.find('spec', 'selector'), graph).workloads) {
        byWorkload.set(resource, [...(byWorkload.get(resource) ?? []), service]);
      }
    }
    return byWorkload;
  });
  return selections.get(workload.resource) ?? [];
}

function select(
  from: Resource,
  pool: readonly Workload[],
  match: (labels: SourceNode | undefined) => Ternary,
  graph: ResourceGraph,
  namespace: string | undefined,
): PodSelection {
  const workloads: Workload[] = [];
  // Objects that no file here shows may carry the labels too.
  let certain = !graph.isIncomplete(from) && !isFilledByCluster(namespace);
  for (const workload of pool) {
    if (!namespacesAgree(namespace, workload.resource.namespace)) continue;
    const matches = match(workload.podLabels);
    if (matches === true) workloads.push(workload);
    if (matches === undefined || (!workload.template && workload.resource !== from)) certain = false;
  }
  return { workloads, certain };
}

/** Only workloads that carry the first known pair of the selector, or hide their labels, can match. */
function candidates(from: Resource, labels: SourceNode | undefined, graph: ResourceGraph): readonly Workload[] {
  const index = podIndex(from, graph);
  const first = labels?.entries.find((entry) => entry.kind === 'scalar' && !isSetByController(entry.key ?? ''));
  if (!first) return index.all;
  return [...(index.byLabel.get(`${first.key}=${String(first.scalar ?? '')}`) ?? []), ...index.open];
}

function podIndex(from: Resource, graph: ResourceGraph): PodIndex {
  return graph.memo(`pods-by-label ${graph.setOf(from)}`, () => {
    const byLabel = new Map<string, Workload[]>();
    const open: Workload[] = [];
    const all = graph
      .near(from, ...WORKLOAD_TYPES)
      .filter((resource) => !runsPodsOfAnother(resource, graph))
      .flatMap((resource) => workloadOf(resource) ?? []);
    for (const workload of all) {
      const { podLabels, template } = workload;
      if (
        !template ||
        template.open ||
        podLabels?.open ||
        podLabels?.entries.some((label) => label.kind === 'unknown')
      ) {
        open.push(workload);
        continue;
      }
      for (const label of podLabels?.entries ?? []) {
        const key = `${label.key}=${String(label.scalar ?? '')}`;
        const members = byLabel.get(key);
        if (members) members.push(workload);
        else byLabel.set(key, [workload]);
      }
    }
    return { byLabel, open, all };
  });
}

/** A Rollout with a `workloadRef` runs the pods of a Deployment, which stands for them where the workspace has it. */
function runsPodsOfAnother(resource: Resource, graph: ResourceGraph): boolean {
  return (
    resource.type === 'argoproj.io/Rollout' &&
    graph.edgesFrom(resource, 'scales').some(({ target }) => target.status === 'found')
  );
}

/** The workloads of a set that keep running: what Services and rollouts are about. */
export function servingWorkloads(graph: ResourceGraph): readonly Workload[] {
  return graph.all(...SERVING_TYPES).flatMap((resource) => workloadOf(resource) ?? []);
}
