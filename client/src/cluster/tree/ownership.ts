import type { KubeObject } from '../kubeObject.ts';

/** Who stands under whom, by what controls what. */
export interface Ownership {
  /** The objects that nothing here controls. */
  readonly roots: readonly KubeObject[];
  /** What an object controls, directly or through a ReplicaSet, which is not shown between a Deployment and its pods. */
  childrenOf(object: KubeObject): readonly KubeObject[];
}

const NOBODY: readonly KubeObject[] = [];

/**
 * The ownership among objects. An owner that may not be read is no riddle where its name tells its own owner: the
 * ReplicaSet `cart-5d9c` of a pod with the hash `5d9c` is that of the Deployment `cart`.
 */
export function ownership(objects: readonly KubeObject[]): Ownership {
  const known = new Map<string, KubeObject>();
  const byName = new Map<string, KubeObject>();
  for (const object of objects) {
    if (object.metadata.uid !== undefined) known.set(object.metadata.uid, object);
    if (object.kind === 'Deployment' || object.kind === 'Rollout')
      byName.set(nameKey(object, object.metadata.name), object);
  }
  const parentOf = (object: KubeObject): KubeObject | undefined => {
    const controller = object.metadata.ownerReferences?.find((reference) => reference.controller);
    if (!controller) return undefined;
    const owner = known.get(controller.uid);
    if (owner?.kind === 'ReplicaSet') return parentOf(owner) ?? owner;
    if (owner) return owner;
    const labels = object.metadata.labels ?? {};
    const hash = labels['pod-template-hash'] ?? labels['rollouts-pod-template-hash'];
    if (controller.kind !== 'ReplicaSet' || hash === undefined || !controller.name.endsWith(`-${hash}`))
      return undefined;
    return byName.get(nameKey(object, controller.name.slice(0, -hash.length - 1)));
  };
  const children = new Map<KubeObject, KubeObject[]>();
  const roots: KubeObject[] = [];
  for (const object of objects) {
    const parent = parentOf(object);
    if (!parent) roots.push(object);
    else if (object.kind !== 'ReplicaSet') {
      const siblings = children.get(parent);
      if (siblings) siblings.push(object);
      else children.set(parent, [object]);
    }
  }
  return { roots, childrenOf: (object) => children.get(object) ?? NOBODY };
}

function nameKey({ metadata }: KubeObject, name: string): string {
  return `${metadata.namespace ?? ''}/${name}`;
}
