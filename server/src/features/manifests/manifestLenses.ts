import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { label, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { FileState, Lens } from '../languageFeatures.ts';
import { namePlace } from '../namePlace.ts';
import { writtenRoot } from '../writtenRoot.ts';
import { podSelectors } from './podSelectors.ts';
import { progressiveLenses } from './progressiveLenses.ts';

/** What the other end of a reference is told, by relation; every other relation is a use. */
const PHRASES: Readonly<Record<string, string>> = {
  'routes-to': 'Routed to by',
  'attached-to': 'Attached by',
  scales: 'Scaled by',
  switches: 'Switched by',
  grants: 'Granted by',
  'granted-to': 'Bound by',
};

/** Kinds whose selectors say something about a workload that its own file does not. */
const SELECTING = ['policy/PodDisruptionBudget', 'networking.k8s.io/NetworkPolicy'];

/** Who selects an object, routes to it and uses it, above each object; and above the first, what can be done with the file. */
export function* manifestLenses({ file, snapshot }: FileState): Generator<Lens> {
  const { graph } = snapshot;
  const { uri } = file.parsed.source;
  const seen = new Map<number, Resource[]>();
  for (const resource of graph.inFile(uri)) {
    const written = writtenRoot(resource);
    if (resource.apiVersion === '' || written?.source.uri !== uri) continue;
    const { start } = written.span;
    seen.set(start, [...(seen.get(start) ?? []), resource]);
  }
  const [first] = seen.values();
  // What Terraform makes is deployed by Terraform.
  const isManifest = file.language.id !== 'terraform';
  if (isManifest && first?.every((resource) => !graph.setOf(resource).startsWith('helm:'))) {
    const { span } = writtenRoot(first[0]!)!;
    yield { span, command: 'slipway.deploy', resolve: () => ({ title: 'Deploy', places: [] }) };
    yield { span, command: 'slipway.diff', resolve: () => ({ title: 'Diff with the cluster', places: [] }) };
  }
  for (const resources of seen.values()) {
    const isDelivered = isManifest && !graph.setOf(resources[0]!).startsWith('helm:');
    if (isDelivered) yield* progressiveLenses(resources[0]!, graph);
    yield* lensesOf(resources, graph);
  }
}

/** @param resources one object, once for each set that includes its file */
function* lensesOf(resources: readonly Resource[], graph: ResourceGraph): Generator<Lens> {
  const { span } = writtenRoot(resources[0]!)!;
  const groups = new Map<string, Set<Resource>>();
  const add = (phrase: string, other: Resource): void => {
    const group = groups.get(phrase);
    if (group) group.add(other);
    else groups.set(phrase, new Set([other]));
  };
  for (const resource of resources) {
    for (const other of selecting(resource, graph)) add('Selected by', other);
    for (const { relation, source } of graph.edgesTo(resource)) add(PHRASES[relation] ?? 'Used by', source);
  }
  for (const [phrase, others] of groups) {
    yield {
      span,
      resolve: () => {
        const unique = [...new Map([...others].map((other) => [placeKey(other), other])).values()];
        return { title: `${phrase} ${inWords(unique)}`, places: unique.map(namePlace) };
      },
    };
  }
}

function selecting(resource: Resource, graph: ResourceGraph): readonly Resource[] {
  const workload = workloadOf(resource);
  if (!workload) return [];
  const byWorkload = graph.memo(`policies-by-workload ${graph.setOf(resource)}`, () => {
    const found = new Map<Resource, Set<Resource>>();
    for (const policy of graph.near(resource, ...SELECTING)) {
      for (const { at, select } of podSelectors(policy, graph)) {
        // The peers of a network policy are not what it is about.
        if (at.parent?.key !== 'spec') continue;
        for (const picked of select().workloads) {
          const policies = found.get(picked.resource);
          if (policies) policies.add(policy);
          else found.set(picked.resource, new Set([policy]));
        }
      }
    }
    return found;
  });
  return [...servicesOf(workload, graph), ...(byWorkload.get(resource) ?? [])];
}

/** The same place for each set that includes the file. */
function placeKey(resource: Resource): string {
  const { source, span } = namePlace(resource);
  return `${source.uri} ${span.start}`;
}

function inWords(resources: readonly Resource[]): string {
  const [first, second] = resources;
  if (!first) return 'nothing';
  if (resources.length === 1) return label(first);
  if (resources.length === 2) return `${label(first)} and ${label(second!)}`;
  const kinds = new Set(resources.map(({ kind }) => kind));
  return kinds.size === 1 ? `${resources.length} × ${first.kind}` : `${resources.length} objects`;
}
