/** The eviction policies of Redis and Valkey. */
export const EVICTION_POLICIES: readonly string[] = [
  'allkeys-lru',
  'allkeys-lfu',
  'allkeys-random',
  'volatile-lru',
  'volatile-lfu',
  'volatile-random',
  'volatile-ttl',
  'noeviction',
];
