import type { KeyPolicy } from '../../configuration/configuration.ts';
import { matchesGlob } from '../../configuration/glob.ts';
import { matchesWhole } from '../../configuration/textPattern.ts';
import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import type { Finding } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describe, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The map of metadata that is spoken of, and its word for messages. */
export type KeyMap = 'labels' | 'annotations';
const NOUNS: Readonly<Record<KeyMap, string>> = { labels: 'label', annotations: 'annotation' };

const USUAL_TYPES: ReadonlySet<string> = new Set([...WORKLOAD_TYPES, 'Service', 'Namespace']);

/** Keys that an object must have and lacks, or whose value is not what was demanded. */
export function* missingKeys(
  resource: Resource,
  graph: ResourceGraph,
  map: KeyMap,
  policy: KeyPolicy | undefined,
): Iterable<Finding> {
  for (const { key, kinds, pattern } of policy?.required ?? []) {
    const isMeant = kinds ? kinds.includes(resource.kind) : USUAL_TYPES.has(resource.type);
    const own = resource.root.find('metadata');
    if (isMeant && own) yield* missingKey(resource, graph, map, own, key, pattern);
    if (!kinds?.includes('PersistentVolumeClaim')) continue;
    for (const claim of resource.root.find('spec', 'volumeClaimTemplates')?.items ?? []) {
      const metadata = claim.find('metadata');
      if (metadata) yield* missingKey(resource, graph, map, metadata, key, pattern);
    }
  }
}

function* missingKey(
  resource: Resource,
  graph: ResourceGraph,
  map: KeyMap,
  metadata: SourceNode,
  key: string,
  pattern: string | undefined,
): Iterable<Finding> {
  if (metadata.kind === 'map') {
    const subject = metadata.parent === resource.root ? describe(resource) : `A claim of ${describe(resource)}`;
    const node = metadata.find(map, key);
    const written = node?.text();
    if (metadata.lacks(map, key)) {
      if (isAddedByKustomize(resource, graph, map, key)) return;
      yield {
        at: (metadata.find(map) ?? metadata).keyPlace,
        message: `${subject} lacks the ${NOUNS[map]} ${key}.`,
      };
    } else if (node && written !== undefined && pattern !== undefined && matchesWhole(pattern, written) === false) {
      yield {
        at: node,
        message: `The ${NOUNS[map]} ${key} of ${subject} is ${written}, which does not look like ${pattern}.`,
      };
    }
  }
}

/** Keys that an object has and must not have. */
export function* forbiddenKeys(resource: Resource, map: KeyMap, policy: KeyPolicy | undefined): Iterable<Finding> {
  for (const entry of resource.root.find('metadata', map)?.entries ?? []) {
    const { key } = entry;
    if (key === undefined) continue;
    const isForbidden = policy?.forbidden?.some(
      (one) => (one.key === key || matchesGlob(one.key, key)) && (one.kinds?.includes(resource.kind) ?? true),
    );
    const isAllowed = policy?.allowed?.some((glob) => glob === key || matchesGlob(glob, key)) ?? true;
    if (!isForbidden && isAllowed) continue;
    yield {
      at: entry.keyPlace,
      message: `${describe(resource)} carries the ${NOUNS[map]} ${key}, which is not allowed.`,
      fixes: [{ title: `Remove the ${NOUNS[map]}`, safe: false, edits: () => [removeEntry(entry)] }],
    };
  }
}

/** The overlay adds the same key to everything. */
function isAddedByKustomize(resource: Resource, graph: ResourceGraph, map: KeyMap, key: string): boolean {
  return graph.near(resource, 'kustomize/Kustomization').some(({ root }) => {
    if (map === 'annotations') return root.find('commonAnnotations', key) !== undefined;
    const pairs = root.find('labels')?.items.some((item) => item.find('pairs', key));
    return pairs === true || root.find('commonLabels', key) !== undefined;
  });
}
