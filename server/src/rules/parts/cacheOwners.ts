import { MANAGED_CACHE_TYPES } from '../../workspace/caches/managedCaches.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';

/** Resources in whose files a cache is set up: what a rule over caches must be asked for. */
export const CACHE_OWNERS: readonly string[] = [...SERVING_TYPES, 'ConfigMap', ...MANAGED_CACHE_TYPES];
