import type { Place, SourceNode } from '../../text/sourceNode.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Resource } from '../resource.ts';

/** One directive of a Redis or Valkey, and where it is written. */
export interface CacheDirective {
  /** Small letters: `maxmemory-policy`. */
  readonly name: string;
  readonly value: string;
  /** The value, or the word that holds it. */
  readonly at: Place;
  /** A finding about it lies in this resource's file. */
  readonly resource: Resource;
}

/** A Redis, Valkey or Memcached that the workspace deploys, or at least its settings. */
export interface CacheServer {
  /** The workload, the Terraform block, or a ConfigMap of settings that nothing mounts. */
  readonly resource: Resource;
  /** As a message names it: `StatefulSet cache`, `aws_elasticache_replication_group.sessions`. */
  readonly name: string;
  readonly engine: 'redis' | 'memcached';
  readonly at: Place;
  readonly workload: Workload | undefined;
  readonly container: SourceNode | undefined;
  readonly directives: readonly CacheDirective[];
  /** Everything that could set a directive was read: what is not set has its default. */
  readonly isKnown: boolean;
  /** It is started with a file of settings, and the ConfigMap that it mounts is written by nothing of its set. */
  readonly lacksSettings: boolean;
}

/** The last value of a directive: the one that counts. */
export function directiveOf(server: CacheServer, name: string): CacheDirective | undefined {
  return server.directives.findLast((directive) => directive.name === name);
}

/** It writes what it holds to a log: a restart loses nothing, or a second at most. */
export function isAppendOnly(server: CacheServer): boolean {
  return directiveOf(server, 'appendonly')?.value.toLowerCase() === 'yes';
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 2 ** 10,
  m: 1e6,
  mb: 2 ** 20,
  g: 1e9,
  gb: 2 ** 30,
};

/** Redis' own sizes: `256mb` is 256 × 1024 × 1024, `256m` is 256 × 1000 × 1000. Undefined for what is none. */
export function readCacheSize(text: string): number | undefined {
  const match = /^(\d+)([a-z]*)$/i.exec(text.trim());
  const unit = UNITS[match?.[2]?.toLowerCase() ?? 'none'];
  return match && unit !== undefined ? Number(match[1]) * unit : undefined;
}
