import type { SourceNode } from '../../text/sourceNode.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { label } from '../../workspace/resource.ts';
import { dottedPath } from './nameFinder.ts';
import type { WrittenObject } from './writtenObject.ts';

/** A label with the value that pods of the workspace carry. */
export interface LabelPair {
  readonly key: string;
  readonly value: string;
  readonly detail: string;
}

const OWN_SELECTOR = /^spec\.(?:jobTemplate\.spec\.)?selector\.matchLabels$/;
const POD_LABELS = /^spec\.(?:jobTemplate\.spec\.)?template\.metadata\.labels$/;
const PODS_MEANT = /(?:^|\.)(?:podSelector|selector|labelSelector)(?:\.matchLabels)?$|^spec\.subsets\[\]\.labels$/;
const OBJECT_LABELS = /^metadata\.labels$/;

/**
 * The pairs that fit into the map at the cursor: in a selector the labels of the pods that it could pick, in a pod
 * template those that its own selector asks for, and the other way round.
 */
export function* labelPairs(written: WrittenObject, path: string): Generator<LabelPair> {
  const { graph, resource } = written;
  const workload = workloadOf(resource);
  const own = 'of this workload';
  if (workload && OWN_SELECTOR.test(path)) {
    yield* pairs(workload.podLabels, own);
  } else if (workload && POD_LABELS.test(path)) {
    yield* pairs(resource.root.find('spec', 'selector', 'matchLabels'), 'asked for by the selector');
    yield* pairs(resource.root.find('metadata', 'labels'), own);
  } else if (OBJECT_LABELS.test(path)) {
    yield* pairs(workload?.podLabels, own);
    for (const other of graph.near(resource)) {
      if (other.uri === resource.uri && other !== resource)
        yield* pairs(other.root.find('metadata', 'labels'), label(other));
    }
  } else if (PODS_MEANT.test(path) && !/namespaceSelector/.test(path)) {
    for (const other of graph.sameNamespace(resource, WORKLOAD_TYPES)) {
      yield* pairs(workloadOf(other)?.podLabels, label(other));
    }
  }
}

/** The values that pods of the workspace carry under the label at the cursor. */
export function* labelValues(written: WrittenObject): Generator<LabelPair> {
  const key = String(written.path.at(-1));
  for (const pair of labelPairs(written, dottedPath(written.path.slice(0, -1)))) if (pair.key === key) yield pair;
}

function* pairs(labels: SourceNode | undefined, detail: string): Generator<LabelPair> {
  for (const { key, kind, scalar } of labels?.entries ?? []) {
    if (key !== undefined && kind === 'scalar' && scalar !== null) yield { key, value: String(scalar), detail };
  }
}
