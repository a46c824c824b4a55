import type { CachePurpose } from './applyCache.ts';

/** A cache beside the database: losing it costs time, not data. */
export const ASIDE: CachePurpose = {
  suffix: 'cache',
  configuration: `# What is here can be read again from a database, so nothing is written to disk.
save ""
appendonly no
dir /data
maxmemory 160mb
maxmemory-policy allkeys-lru
`,
  isKept: false,
  variables: {},
};

/** A cache whose entries expire, are evicted, and say so. */
export const INVALIDATED: CachePurpose = {
  ...ASIDE,
  configuration: `${ASIDE.configuration}# Expired and evicted keys are published: a service may drop its own copy.
notify-keyspace-events Exe
`,
  variables: { CACHE_DEFAULT_TIMEOUT: '300' },
};

/** A store that is written before the database: each write is on disk within a second. */
export const WRITTEN_THROUGH: CachePurpose = {
  suffix: 'store',
  configuration: `appendonly yes
appendfsync everysec
dir /data
maxmemory 128mb
maxmemory-policy allkeys-lru
`,
  isKept: true,
  variables: {},
};
