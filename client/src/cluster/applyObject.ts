import { Failure } from './failure.ts';
import { fieldManager } from './fieldManager.ts';
import type { ApplyOptions, KubeApi } from './kubeApi.ts';
import type { KubeObject } from './kubeObject.ts';

/**
 * Applies an object. A conflict with ourselves is none: an undo or a live patch of Slipway's owns its fields by update,
 * and the next apply takes them over. Fields of others are taken over only with `force`.
 */
export async function applyObject(
  api: KubeApi,
  path: string,
  object: KubeObject,
  options: ApplyOptions,
  signal: AbortSignal,
): Promise<KubeObject> {
  try {
    return await api.apply(path, object, options, signal);
  } catch (error) {
    const conflicts = error instanceof Failure ? error.report.conflicts : [];
    if (conflicts.length === 0 || conflicts.some(({ owner }) => owner !== fieldManager)) throw error;
    return api.apply(path, object, { ...options, force: true }, signal);
  }
}
