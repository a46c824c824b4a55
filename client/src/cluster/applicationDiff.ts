import type { ArgoApplication, IgnoredDifference } from './argoApplication.ts';
import { throwIfCancelled } from './cancellation.ts';
import { Failure } from './failure.ts';
import type { KubeApi } from './kubeApi.ts';
import type { KubeObject } from './kubeObject.ts';
import { type ObjectDiff, objectDiff } from './objectDiff.ts';
import { objectPath, type ResourceType, resourceTypeOf } from './resourceType.ts';
import { withoutQuotedSecrets } from './secretValues.ts';

/** Who owns the fields that Argo CD applies on the server's side. */
const ARGO_FIELD_MANAGER = 'argocd-controller';

const TRACKING_ANNOTATION = 'argocd.argoproj.io/tracking-id';
const TRACKING_LABEL = 'app.kubernetes.io/instance';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What a sync would do to one object of an application. */
export interface ApplicationChange {
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** `delete` stands for what is gone from the source: a sync deletes it when it prunes. */
  readonly change: 'create' | 'update' | 'delete' | 'unchanged' | 'unknown';
  readonly diff?: ObjectDiff;
  /** Why it is not known, or what was left out of the comparison. */
  readonly note?: string;
}

/**
 * Compares the objects that an application's source makes with the cluster that it is deployed to, as Argo CD would apply
 * them: by a dry run of the server. Fields that Argo CD applied before and that are gone from the source count as taken
 * away. Hooks are no part of it; the marks of Argo CD itself and what `ignoreDifferences` names by JSON pointers are no
 * differences. What the application keeps and the source no longer makes is told as `delete`.
 */
export async function applicationDiff(
  api: KubeApi,
  application: ArgoApplication,
  desired: readonly KubeObject[],
  signal: AbortSignal,
): Promise<ApplicationChange[]> {
  const types = await api.discovery(signal);
  const home = application.spec?.destination?.namespace ?? 'default';
  const changes: ApplicationChange[] = [];
  const made = new Set<string>();
  for (const object of desired) {
    if (isHook(object)) continue;
    throwIfCancelled(signal);
    const type = resourceTypeOf(object, types);
    const namespace = type?.namespaced === false ? undefined : (object.metadata.namespace ?? home);
    made.add(keyOf(groupOf(object), object.kind, namespace, object.metadata.name));
    changes.push(await changeOf(api, application, { object, type, namespace }, signal));
  }
  for (const resource of application.status?.resources ?? []) {
    const { group = '', hook, kind, name, namespace } = resource;
    if (hook || made.has(keyOf(group, kind, namespace || undefined, name))) continue;
    throwIfCancelled(signal);
    const type = types.find((each) => each.group === group && each.kind === kind);
    changes.push(await removalOf(api, { group, kind, name, namespace: namespace || undefined }, type, signal));
  }
  return changes;
}

interface PlacedObject {
  readonly object: KubeObject;
  readonly type: ResourceType | undefined;
  readonly namespace: string | undefined;
}

async function changeOf(
  api: KubeApi,
  application: ArgoApplication,
  { namespace, object, type }: PlacedObject,
  signal: AbortSignal,
): Promise<ApplicationChange> {
  const identity = { group: groupOf(object), kind: object.kind, namespace, name: object.metadata.name };
  if (!type) {
    return {
      ...identity,
      change: 'unknown',
      note: `${api.context} does not know ${object.apiVersion} ${object.kind}.`,
    };
  }
  const path = objectPath(type, namespace, identity.name);
  const { namespace: _written, ...metadata } = object.metadata;
  const placed = { ...object, metadata: namespace === undefined ? metadata : { ...metadata, namespace } };
  try {
    const live = await orNothing(api.get(path, signal));
    if (!live) return { ...identity, change: 'create', diff: objectDiff(undefined, placed) };
    const marked = withMarks(placed, live, application.metadata.name);
    const options = { dryRun: true, force: true, fieldManager: ARGO_FIELD_MANAGER };
    const planned = withoutFormer(await api.apply(path, marked, options, signal), lastApplied(live), stored(marked));
    const rules = (application.spec?.ignoreDifferences ?? []).filter((rule) => concerns(rule, object, namespace));
    const diff = objectDiff(ignoring(live, rules), ignoring(planned as KubeObject, rules));
    const isPartly = rules.some(({ jqPathExpressions, managedFieldsManagers }) =>
      Boolean(jqPathExpressions?.length || managedFieldsManagers?.length),
    );
    const note = isPartly ? 'Argo CD ignores more of it, by expressions or field managers.' : undefined;
    return { ...identity, change: diff.change, diff, ...(note === undefined ? {} : { note }) };
  } catch (error) {
    return { ...identity, change: 'unknown', note: withoutQuotedSecrets(refusal(error), object) };
  }
}

async function removalOf(
  api: KubeApi,
  identity: Pick<ApplicationChange, 'group' | 'kind' | 'namespace' | 'name'>,
  type: ResourceType | undefined,
  signal: AbortSignal,
): Promise<ApplicationChange> {
  const { kind, name, namespace } = identity;
  if (!type) return { ...identity, change: 'unknown', note: `${api.context} does not know ${kind}.` };
  try {
    const live = await orNothing(api.get(objectPath(type, namespace, name), signal));
    if (!live) return { ...identity, change: 'unchanged', note: 'It is gone from the source and the cluster.' };
    const { after } = objectDiff(undefined, live);
    const lines = after.split('\n').map((line) => `-${line}`);
    return { ...identity, change: 'delete', diff: { change: 'update', before: after, after: '', lines } };
  } catch (error) {
    return { ...identity, change: 'unknown', note: refusal(error) };
  }
}

/** The words of a refusal that is about one object; everything else is about the whole cluster, and thrown on. */
function refusal(error: unknown): string {
  const isOfObject = error instanceof Failure && ['forbidden', 'invalid', 'conflict', 'not-found'].includes(error.kind);
  if (!isOfObject) throw error;
  return [error.report.message, error.report.said].filter((part) => part !== '').join(' ');
}

async function orNothing(reading: Promise<KubeObject>): Promise<KubeObject | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Failure && error.kind === 'not-found') return undefined;
    throw error;
  }
}

function isHook({ metadata }: KubeObject): boolean {
  const { annotations = {} } = metadata;
  return annotations['argocd.argoproj.io/hook'] !== undefined || annotations['helm.sh/hook'] !== undefined;
}

/** The object with the marks by which Argo CD knows its own, as the live one has them. */
function withMarks(object: KubeObject, { metadata: live }: KubeObject, application: string): KubeObject {
  const { annotations, labels } = object.metadata;
  const tracking = live.annotations?.[TRACKING_ANNOTATION];
  const isLabelled = live.labels?.[TRACKING_LABEL] === application && labels?.[TRACKING_LABEL] === undefined;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...(tracking === undefined ? {} : { annotations: { ...annotations, [TRACKING_ANNOTATION]: tracking } }),
      ...(isLabelled ? { labels: { ...labels, [TRACKING_LABEL]: application } } : {}),
    },
  };
}

/** What was applied last by a client, as Argo CD does unless told otherwise; undefined where nothing readable says so. */
function lastApplied({ metadata }: KubeObject): unknown {
  try {
    const applied: unknown = JSON.parse(metadata.annotations?.[LAST_APPLIED] ?? 'null');
    return isMap(applied) ? stored(applied) : undefined;
  } catch {
    // Somebody else wrote the annotation: it says nothing then, as kubectl holds too.
    return undefined;
  }
}

/**
 * The object as it counts for what was applied before: the texts of a Secret stand among its data, and there are always
 * annotations, since a client that applies writes one itself.
 */
function stored(object: Readonly<Record<string, unknown>>): unknown {
  const { stringData, ...rest } = object;
  const metadata = isMap(object['metadata']) ? object['metadata'] : {};
  const whole = { ...rest, metadata: { ...metadata, annotations: metadata['annotations'] ?? {} } };
  if (object['kind'] !== 'Secret' || !isMap(stringData)) return whole;
  const data = isMap(object['data']) ? object['data'] : {};
  return { ...whole, data: { ...data, ...stringData } };
}

/** Takes out of an object what was applied before and is not any more. Entries of lists are told apart by their names. */
function withoutFormer(planned: unknown, former: unknown, desired: unknown): unknown {
  if (isMap(planned) && isMap(former) && isMap(desired)) {
    return Object.fromEntries(
      Object.entries(planned)
        .filter(([key]) => !(key in former && former[key] !== null && !(key in desired)))
        .map(([key, value]) => [key, withoutFormer(value, former[key], desired[key])]),
    );
  }
  if (!isNamedList(planned) || !isNamedList(former) || !isNamedList(desired)) return planned;
  const find = (list: readonly Named[], name: unknown): Named | undefined => list.find((item) => item.name === name);
  return planned
    .filter(({ name }) => !find(former, name) || find(desired, name))
    .map((item) => withoutFormer(item, find(former, item.name), find(desired, item.name)));
}

interface Named {
  readonly name: unknown;
}

function isNamedList(value: unknown): value is readonly Named[] {
  return Array.isArray(value) && value.every((item) => isMap(item) && typeof item['name'] === 'string');
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function concerns(rule: IgnoredDifference, object: KubeObject, namespace: string | undefined): boolean {
  const fits = (pattern: string | undefined, value: string): boolean =>
    !pattern || pattern === '*' || pattern === value;
  return (
    fits(rule.group, groupOf(object)) &&
    fits(rule.kind, object.kind) &&
    fits(rule.name, object.metadata.name) &&
    fits(rule.namespace, namespace ?? '')
  );
}

function ignoring(object: KubeObject, rules: readonly IgnoredDifference[]): KubeObject {
  const pointers = rules.flatMap(({ jsonPointers }) => jsonPointers ?? []);
  return pointers.reduce<unknown>((rest, pointer) => {
    const path = pointer.split('/').slice(1);
    return withoutPath(
      rest,
      path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')),
    );
  }, object) as KubeObject;
}

function withoutPath(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return value;
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_item, index) => String(index) !== first)
      : value.map((item, index) => (String(index) === first ? withoutPath(item, rest) : item));
  }
  if (!isMap(value) || !(first in value)) return value;
  const { [first]: found, ...others } = value;
  return rest.length === 0 ? others : { ...others, [first]: withoutPath(found, rest) };
}

function groupOf({ apiVersion }: Pick<KubeObject, 'apiVersion'>): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0]! : '';
}

function keyOf(group: string, kind: string, namespace: string | undefined, name: string): string {
  return [group, kind, namespace ?? '', name].join('/');
}
