import type { Clock } from './clock.ts';
import { Failure } from './failure.ts';
import type { KubeApi } from './kubeApi.ts';
import { eventTime, type KubeEvent } from './kubeEvent.ts';
import type { KubeObject } from './kubeObject.ts';
import type { Pod } from './pod.ts';
import { collectionPath, objectPath, type ResourceType, wellKnownTypes } from './resourceType.ts';

/** A PersistentVolumeClaim that a pod waits for. */
export interface ClaimState {
  /** `Pending`, `Bound`, `Lost`, or `missing` where there is none of that name. */
  readonly phase: string;
  readonly storageClass: string | undefined;
  /** The newest words about it, empty where nobody said anything. */
  readonly said: string;
}

const claimType: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  namespaced: true,
  verbs: [],
};

/** How often the claims of pods that wait are read. They are few, and read only while somebody waits for them. */
const pauseMilliseconds = 5_000;

/** Reads the claims of pods that no node can take because of them. */
export class PendingClaims {
  readonly #api: KubeApi;
  readonly #namespace: string;
  readonly #clock: Clock;
  readonly #states = new Map<string, ClaimState>();
  #readAtMilliseconds = Number.NEGATIVE_INFINITY;

  constructor(api: KubeApi, namespace: string, clock: Clock) {
    this.#api = api;
    this.#namespace = namespace;
    this.#clock = clock;
  }

  /** The claims by name. What cannot be read is left out: it is a help, not a need. */
  async read(pods: readonly Pod[], signal: AbortSignal): Promise<ReadonlyMap<string, ClaimState>> {
    const names = new Set(pods.filter(waitsForClaim).flatMap(claimNames));
    const now = this.#clock.now();
    if (names.size === 0 || now - this.#readAtMilliseconds < pauseMilliseconds) return this.#states;
    this.#readAtMilliseconds = now;
    for (const name of names) {
      try {
        this.#states.set(name, await this.#readClaim(name, signal));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
      }
    }
    return this.#states;
  }

  async #readClaim(name: string, signal: AbortSignal): Promise<ClaimState> {
    let claim: KubeObject;
    try {
      claim = await this.#api.get(objectPath(claimType, this.#namespace, name), signal);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'not-found') throw error;
      return { phase: 'missing', storageClass: undefined, said: '' };
    }
    const { spec, status } = claim as { spec?: { storageClassName?: string }; status?: { phase?: string } };
    const fieldSelector = `involvedObject.kind=PersistentVolumeClaim,involvedObject.name=${name}`;
    const { items } = await this.#api.list(
      collectionPath(wellKnownTypes.events, this.#namespace),
      { fieldSelector },
      signal,
    );
    const newest = (items as KubeEvent[]).sort((left, right) => eventTime(right) - eventTime(left))[0];
    return {
      phase: status?.phase ?? 'Pending',
      storageClass: spec?.storageClassName,
      said: newest?.message ?? '',
    };
  }
}

/** True when the scheduler says that a claim keeps the pod from every node. */
export function waitsForClaim({ status }: Pod): boolean {
  const condition = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  return condition?.status === 'False' && /persistentvolumeclaim|unbound/i.test(condition.message ?? '');
}

/** The names of the claims that a pod mounts. */
export function claimNames({ spec }: Pod): string[] {
  return (spec?.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);
}
