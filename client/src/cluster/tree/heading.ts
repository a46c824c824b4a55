import type { KubeObject } from '../kubeObject.ts';
import type { ResourceType } from '../resourceType.ts';
import type { CollectionView } from './clusterConnection.ts';
import type { ClusterSource } from './clusterSource.ts';
import { isHelmRelease } from './objectState.ts';
import { type Ownership, ownership } from './ownership.ts';
import type { ServedCategory } from './shownKinds.ts';

/** A heading that is open, with what is known of each of its kinds. */
export interface Heading {
  readonly context: string;
  /** Undefined for all namespaces, and for what belongs to none. */
  readonly namespace: string | undefined;
  readonly category: ServedCategory;
  readonly kinds: readonly { readonly type: ResourceType; readonly view: CollectionView | undefined }[];
  /** Workloads stand over their pods, a release over its former revisions; everything else stands alone. */
  readonly ownership: Ownership;
}

/** Computes headings, and keeps what is dear to compute until one of the kinds changes. */
export class Headings {
  readonly #source: ClusterSource;
  readonly #kept = new Map<string, { inputs: readonly (readonly KubeObject[])[]; ownership: Ownership }>();

  constructor(source: ClusterSource) {
    this.#source = source;
  }

  heading(context: string, namespace: string | undefined, category: ServedCategory): Heading {
    const { fieldSelector } = category;
    const selection = fieldSelector === undefined ? {} : { fieldSelector };
    const kinds = category.types.map((type) => ({
      type,
      view: this.#source.view(context, { type, namespace, ...selection }),
    }));
    const inputs = kinds.map(({ view }) => view?.objects ?? []);
    return { context, namespace, category, kinds, ownership: this.#ownership(context, namespace, category, inputs) };
  }

  #ownership(
    context: string,
    namespace: string | undefined,
    { id }: ServedCategory,
    inputs: readonly (readonly KubeObject[])[],
  ): Ownership {
    if (id !== 'workloads' && id !== 'helm') return { roots: inputs.flat(), childrenOf: () => [] };
    const key = [context, namespace ?? '', id].join('\n');
    const kept = this.#kept.get(key);
    if (kept?.inputs.length === inputs.length && kept.inputs.every((input, index) => input === inputs[index])) {
      return kept.ownership;
    }
    const computed = id === 'helm' ? releaseHistory(inputs.flat()) : ownership(inputs.flat());
    this.#kept.set(key, { inputs, ownership: computed });
    return computed;
  }
}

/** The newest revision of each release, with the former ones under it. */
function releaseHistory(secrets: readonly KubeObject[]): Ownership {
  const revisions = new Map<string, KubeObject[]>();
  for (const secret of secrets) {
    if (!isHelmRelease(secret)) continue;
    const key = `${secret.metadata.namespace ?? ''}/${secret.release.name}`;
    revisions.set(key, [...(revisions.get(key) ?? []), secret]);
  }
  const former = new Map<KubeObject, readonly KubeObject[]>();
  const roots: KubeObject[] = [];
  for (const ofRelease of revisions.values()) {
    const [newest, ...others] = ofRelease.sort((a, b) => revisionOf(b) - revisionOf(a));
    if (!newest) continue;
    roots.push(newest);
    former.set(newest, others);
  }
  return { roots, childrenOf: (object) => former.get(object) ?? [] };
}

function revisionOf(object: KubeObject): number {
  return isHelmRelease(object) ? object.release.revision : 0;
}
