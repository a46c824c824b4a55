import type { KubeApi, WatchEvent } from '../kubeApi.ts';
import type { KubeObject } from '../kubeObject.ts';
import { withoutSecretValues } from '../secretValues.ts';
import { HELM_SECRET_TYPE, type HelmRelease, helmRelease } from './helmRelease.ts';

/** A Secret of Helm as it is kept: what it says of the release, and nothing else that it holds. */
export interface HelmReleaseSecret extends KubeObject {
  readonly release: HelmRelease;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * An object as a view keeps it: without managed fields and the copy that kubectl keeps, which are half of what an object
 * weighs, and without the values of Secrets, so that no view can ever show them.
 */
export function slimObject(object: KubeObject): KubeObject {
  const { managedFields: _managedFields, annotations, ...rest } = object.metadata;
  const { [LAST_APPLIED]: _lastApplied, ...kept } = annotations ?? {};
  const metadata = annotations ? { ...rest, annotations: kept } : rest;
  if (object.kind === 'Secret' && object['type'] === HELM_SECRET_TYPE) {
    const { apiVersion, kind } = object;
    return { apiVersion, kind, metadata, type: HELM_SECRET_TYPE, release: helmRelease(object) };
  }
  return withoutSecretValues({ ...object, metadata });
}

/** An API server whose lists and watches give slim objects. */
export function slimApi(api: Pick<KubeApi, 'list' | 'watch'>): Pick<KubeApi, 'list' | 'watch'> {
  return {
    async list(path, selection, signal) {
      const { items, resourceVersion } = await api.list(path, selection, signal);
      return { resourceVersion, items: items.map(slimObject) };
    },
    async watch(path, resourceVersion, selection, signal) {
      const events = await api.watch(path, resourceVersion, selection, signal);
      return slimEvents(events);
    },
  };
}

async function* slimEvents(events: AsyncIterable<WatchEvent>): AsyncIterable<WatchEvent> {
  for await (const event of events) yield { ...event, object: slimObject(event.object) };
}
