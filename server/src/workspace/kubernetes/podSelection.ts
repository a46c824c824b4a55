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
  const { resource } = workload;
  if (!WORKLOAD_TYPES.includes(resource.type) || runsPodsOfAnother(resource, graph)) return [];
  const { services, byLabel } = servicesByLabel(resource, graph);
  const { labels, isOpen } = labelsOf(workload, graph);
  const likely = isOpen
    ? services
    : [ANY_LABEL, ...new Set(labels)]
        .flatMap((label) => byLabel.get(label) ?? [])
        .sort((a, b) => a.position - b.position);
  return likely.flatMap(({ service, selector }) =>
    select(service, [workload], (own) => matchesLabels(selector, own), graph, service.namespace).workloads.length > 0
      ? [service]
      : [],
  );
}

/** Stands for the pair of a selector that no label of a pod can tell apart. */
const ANY_LABEL = '';

interface ServiceSelector {
  readonly service: Resource;
  readonly selector: SourceNode;
  /** Among the Services of its set. */
  readonly position: number;
}

/** The Services of a set that have a selector, and the same by its first known pair. */
function servicesByLabel(
  from: Resource,
  graph: ResourceGraph,
): {
  readonly services: readonly ServiceSelector[];
  readonly byLabel: ReadonlyMap<string, readonly ServiceSelector[]>;
} {
  return graph.memo(`services-by-label ${graph.setOf(from)}`, () => {
    const services: ServiceSelector[] = [];
    const byLabel = new Map<string, ServiceSelector[]>();
    for (const [position, service] of graph.near(from, 'Service').entries()) {
      const { selector, label } = graph.derived(service, 'selected-label', () => {
        const written = service.root.find('spec', 'selector');
        return { selector: written, label: firstLabel(written) ?? ANY_LABEL };
      });
      if (selector?.kind !== 'map') continue;
      const entry = { service, selector, position };
      services.push(entry);
      const members = byLabel.get(label);
      if (members) members.push(entry);
      else byLabel.set(label, [entry]);
    }
    return { services, byLabel };
  });
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
  const first = firstLabel(labels);
  return first === undefined ? index.all : [...(index.byLabel.get(first) ?? []), ...index.open];
}

/** The first pair of a selector that tells pods apart: `app=cart`. */
function firstLabel(selector: SourceNode | undefined): string | undefined {
  const first = selector?.entries.find((entry) => entry.kind === 'scalar' && !isSetByController(entry.key ?? ''));
  return first && pairOf(first);
}

function pairOf(label: SourceNode): string {
  return `${label.key}=${String(label.scalar ?? '')}`;
}

/** The labels of a workload's pods as pairs; `isOpen` where a template writes them, wholly or in part. */
function labelsOf(
  { resource, podLabels, template }: Workload,
  graph: ResourceGraph,
): { readonly labels: readonly string[]; readonly isOpen: boolean } {
  return graph.derived(resource, 'pod-labels', () => {
    const entries = podLabels?.entries ?? [];
    const isOpen =
      !template || template.open || podLabels?.open === true || entries.some((label) => label.kind === 'unknown');
    return { labels: isOpen ? [] : entries.map(pairOf), isOpen };
  });
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
      const { labels, isOpen } = labelsOf(workload, graph);
      if (isOpen) open.push(workload);
      for (const label of labels) {
        const members = byLabel.get(label);
        if (members) members.push(workload);
        else byLabel.set(label, [workload]);
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
