import type { SourceNode } from '../../text/sourceNode.ts';
import type { BuildObject, ObjectId } from './buildObject.ts';
import type { BuildConfiguration } from './configurations.ts';
import type { Tree } from './sourceTree.ts';
import { addLabels, prefixNames, setImages, setNamespace, setReplicas } from './transformations.ts';

/** What a kustomization made of one object, found again when the same object comes by. */
interface Outcome {
  readonly tree: Tree;
  readonly previous: readonly ObjectId[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  readonly files: readonly string[];
  /** The entries that change nothing in this object. */
  readonly unused: readonly SourceNode[];
}

type Outcomes = WeakMap<Tree, Outcome>;

const known = {
  names: new WeakMap<SourceNode, { configuration: BuildConfiguration; outcomes: Outcomes }>(),
  images: new WeakMap<SourceNode, { configuration: BuildConfiguration; outcomes: Outcomes }>(),
};

/**
 * The transformations of a kustomization that look at one object at a time: `names` are namespace, prefix, suffix, labels
 * and annotations; `images` are replicas and images. Each object is transformed once until it changes.
 *
 * @returns the entries of `replicas` and `images` that change nothing in any object
 */
export function transform(
  stage: 'names' | 'images',
  objects: readonly BuildObject[],
  root: SourceNode,
  configuration: BuildConfiguration,
): readonly SourceNode[] {
  let kept = known[stage].get(root);
  if (kept?.configuration !== configuration) {
    kept = { configuration, outcomes: new WeakMap() };
    known[stage].set(root, kept);
  }
  let unused: readonly SourceNode[] | undefined;
  for (const object of objects) {
    const before = object.tree;
    let outcome = kept.outcomes.get(before);
    if (outcome) {
      object.tree = outcome.tree;
      object.previous = [...object.previous, ...outcome.previous];
      object.prefixes = [...object.prefixes, ...outcome.prefixes];
      object.suffixes = [...object.suffixes, ...outcome.suffixes];
      if (outcome.files.length > 0) object.files = new Set([...object.files, ...outcome.files]);
    } else {
      outcome = transformOne(stage, object, root, configuration);
      kept.outcomes.set(before, outcome);
    }
    const { unused: own } = outcome;
    unused = unused ? unused.filter((entry) => own.includes(entry)) : own;
  }
  return unused ?? transformNothing(stage, root, configuration);
}

function transformOne(
  stage: 'names' | 'images',
  object: BuildObject,
  root: SourceNode,
  configuration: BuildConfiguration,
): Outcome {
  const { previous, prefixes, suffixes, files } = object;
  const unused: SourceNode[] = [];
  if (stage === 'names') {
    setNamespace([object], root, configuration.namespace);
    prefixNames([object], root);
    addLabels([object], root, configuration);
  } else {
    unused.push(
      ...setReplicas([object], root, configuration.replicas),
      ...setImages([object], root, configuration.images),
    );
  }
  return {
    tree: object.tree,
    previous: object.previous.slice(previous.length),
    prefixes: object.prefixes.slice(prefixes.length),
    suffixes: object.suffixes.slice(suffixes.length),
    files: [...object.files].filter((file) => !files.has(file)),
    unused,
  };
}

/** Where there are no objects, every entry is in vain. */
function transformNothing(
  stage: 'names' | 'images',
  root: SourceNode,
  configuration: BuildConfiguration,
): readonly SourceNode[] {
  if (stage === 'names') return [];
  return [...setReplicas([], root, configuration.replicas), ...setImages([], root, configuration.images)];
}
