import { isDeepStrictEqual } from 'node:util';
import { throwIfCancelled } from './cancellation.ts';
import { comparableObject } from './comparableObject.ts';
import { Failure } from './failure.ts';
import { isGivenObject } from './givenObject.ts';
import type { KubeApi } from './kubeApi.ts';
import type { KubeObject } from './kubeObject.ts';
import { objectDiff } from './objectDiff.ts';
import { apiVersionOf, collectionPath, type ResourceType } from './resourceType.ts';
import { typeName } from './tree/shownKinds.ts';

/** One namespace of one context. */
export interface NamespaceSide {
  readonly api: KubeApi;
  readonly namespace: string;
}

/** An object that is not the same on both sides. */
export interface NamespaceDifference {
  readonly name: string;
  readonly state: 'only left' | 'only right' | 'different';
  /** The object as YAML, empty where it is not there. Values of Secrets are masked. */
  readonly left: string;
  readonly right: string;
}

/** One kind of objects on both sides. */
export interface ComparedKind {
  readonly type: ResourceType;
  /** By name. */
  readonly differences: readonly NamespaceDifference[];
  /** How many objects are the same. */
  readonly same: number;
  /** Why the kind cannot be compared, in words; there are no differences then. */
  readonly unknown?: string;
}

/** Kinds whose objects controllers make of others; those tell the difference already. */
const DERIVED = new Set([
  'pods',
  'replicasets.apps',
  'controllerrevisions.apps',
  'events',
  'events.events.k8s.io',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'leases.coordination.k8s.io',
  'pods.metrics.k8s.io',
]);

/** Lists that are asked for at once, of each side. */
const CONCURRENT_LISTS = 4;

/** Comparing goes on after this many objects in a later turn, so that nothing else has to wait. */
const OBJECTS_IN_ONE_TURN = 50;

/**
 * Compares what stands in two namespaces, of one cluster or of two, kind by kind and by name. Each kind is listed once on
 * each side; no object is read by itself. What controllers make of other objects, what every namespace gets, and what a
 * cluster assigns are no differences. Kinds that one side may not list are told as unknown. Throws when a side does not
 * answer at all, and `cancelled`.
 */
export async function compareNamespaces(
  left: NamespaceSide,
  right: NamespaceSide,
  signal: AbortSignal,
): Promise<ComparedKind[]> {
  const [leftTypes, rightTypes] = await Promise.all([left.api.discovery(signal), right.api.discovery(signal)]);
  const pairs = typePairs(leftTypes, rightTypes);
  const compared: ComparedKind[] = [];
  for (let start = 0; start < pairs.length; start += CONCURRENT_LISTS) {
    const some = pairs.slice(start, start + CONCURRENT_LISTS);
    const answers = await Promise.all(some.map((pair) => listBoth(pair, left, right, signal)));
    for (const [index, answer] of answers.entries()) {
      const { type } = some[index]!;
      if (typeof answer === 'string') compared.push({ type, differences: [], same: 0, unknown: answer });
      else compared.push(await compareKind(type, answer, [sideName(left, right), sideName(right, left)], signal));
    }
  }
  return compared.sort((a, b) => (a.type.kind < b.type.kind ? -1 : 1));
}

/** What stands behind a masked value of a Secret: the side that it is of. */
function sideName({ api, namespace }: NamespaceSide, other: NamespaceSide): string {
  return api.context === other.api.context ? namespace : api.context;
}

interface TypePair {
  readonly type: ResourceType;
  /** The sides that serve the type. */
  readonly isLeft: boolean;
  readonly isRight: boolean;
}

/** Each kind once, in a version that both sides serve: the one that the left side prefers, where the right side has it. */
function typePairs(left: readonly ResourceType[], right: readonly ResourceType[]): TypePair[] {
  const [ofLeft, ofRight] = [comparedTypes(left), comparedTypes(right)];
  return [...new Set([...ofLeft.keys(), ...ofRight.keys()])].flatMap((name): TypePair[] => {
    const [here, there] = [ofLeft.get(name) ?? [], ofRight.get(name) ?? []];
    const shared = here.find((type) => there.some((other) => apiVersionOf(other) === apiVersionOf(type)));
    if (shared) return [{ type: shared, isLeft: true, isRight: true }];
    const pairs: TypePair[] = [];
    if (here[0]) pairs.push({ type: here[0], isLeft: true, isRight: false });
    if (there[0]) pairs.push({ type: there[0], isLeft: false, isRight: true });
    return pairs;
  });
}

/** The namespaced kinds that can be listed, with their versions, the preferred one first. */
function comparedTypes(types: readonly ResourceType[]): Map<string, ResourceType[]> {
  const found = new Map<string, ResourceType[]>();
  for (const type of types) {
    const { namespaced, plural, verbs } = type;
    const canBeListed = verbs.length === 0 || verbs.includes('list');
    if (!namespaced || plural.includes('/') || !canBeListed || DERIVED.has(typeName(type))) continue;
    found.set(typeName(type), [...(found.get(typeName(type)) ?? []), type]);
  }
  return found;
}

type BothLists = readonly [left: readonly KubeObject[], right: readonly KubeObject[]];

/** The objects of both sides, or why they cannot be had. */
async function listBoth(
  { isLeft, isRight, type }: TypePair,
  left: NamespaceSide,
  right: NamespaceSide,
  signal: AbortSignal,
): Promise<BothLists | string> {
  const objectsOf = async ({ api, namespace }: NamespaceSide, isServed: boolean): Promise<readonly KubeObject[]> => {
    if (!isServed) return [];
    const { items } = await api.list(collectionPath(type, namespace), {}, signal);
    return items.filter((object) => !isGivenObject(object));
  };
  const answers = await Promise.allSettled([objectsOf(left, isLeft), objectsOf(right, isRight)]);
  throwIfCancelled(signal);
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'fulfilled') continue;
    const { reason } = answer as { reason: unknown };
    const isOfKind =
      reason instanceof Failure &&
      (reason.kind === 'forbidden' || reason.kind === 'not-found' || reason.kind === 'unsupported');
    if (!isOfKind) throw reason;
    const { api, namespace } = index === 0 ? left : right;
    return `${api.context}, namespace ${namespace}: ${reason.report.message}`;
  }
  return answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : [])) as unknown as BothLists;
}

async function compareKind(
  type: ResourceType,
  [left, right]: BothLists,
  sides: readonly [string, string],
  signal: AbortSignal,
): Promise<ComparedKind> {
  const others = new Map(right.map((object) => [object.metadata.name, object]));
  const differences: NamespaceDifference[] = [];
  let same = 0;
  let inTurn = 0;
  for (const object of left) {
    const { name } = object.metadata;
    const other = others.get(name);
    others.delete(name);
    const [here, there] = [comparableObject(object), other && comparableObject(other)];
    if (!there) differences.push({ name, state: 'only left', left: objectDiff(undefined, here).after, right: '' });
    else if (isDeepStrictEqual(here, there)) same += 1;
    else {
      const { after, before, change } = objectDiff(here, there, sides);
      if (change === 'unchanged') same += 1;
      else differences.push({ name, state: 'different', left: before, right: after });
    }
    inTurn += 1;
    if (inTurn % OBJECTS_IN_ONE_TURN === 0) await nextTurn(signal);
  }
  for (const object of others.values()) {
    const text = objectDiff(undefined, comparableObject(object)).after;
    differences.push({ name: object.metadata.name, state: 'only right', left: '', right: text });
    inTurn += 1;
    if (inTurn % OBJECTS_IN_ONE_TURN === 0) await nextTurn(signal);
  }
  return { type, differences: differences.sort((a, b) => (a.name < b.name ? -1 : 1)), same };
}

async function nextTurn(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  throwIfCancelled(signal);
}
