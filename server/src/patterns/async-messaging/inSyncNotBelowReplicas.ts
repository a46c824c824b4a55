import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { describe } from '../../workspace/resource.ts';
import { clusterOf, KAFKA, KAFKA_TOPIC } from './kafka.ts';

/** What a replication factor and the replicas that a write waits for are called where both are written. */
const PAIRS = [
  ['default.replication.factor', 'min.insync.replicas', 'topics that say nothing themselves'],
  ['transaction.state.log.replication.factor', 'transaction.state.log.min.isr', 'the log of transactions'],
] as const;

/** A write that waits for all replicas fails when one broker restarts; one that waits for more than there are never succeeds. */
export const rule = defineRule({
  id: 'async-messaging/in-sync-not-below-replicas',
  severity: 'warning',
  profile: 'recommended',
  types: [KAFKA_TOPIC, KAFKA],
  *check(resource, graph) {
    const { root } = resource;
    if (resource.type === KAFKA) {
      const settings = root.find('spec', 'kafka', 'config');
      for (const [factor, inSync, what] of PAIRS)
        yield* compare(settings?.find(factor), settings?.find(inSync), `${what} in ${describe(resource)}`);
      return;
    }
    const own = root.find('spec', 'config', 'min.insync.replicas');
    if (!own && !root.lacks('spec', 'config', 'min.insync.replicas')) return;
    const ofCluster = clusterOf(resource, graph)?.root.find('spec', 'kafka', 'config', 'min.insync.replicas');
    yield* compare(root.find('spec', 'replicas'), own ?? ofCluster, describe(resource), own === undefined);
  },
});

function* compare(factor: SourceNode | undefined, inSync: SourceNode | undefined, what: string, isInherited = false) {
  const [copies, wanted] = [Number(factor?.text()), Number(inSync?.text())];
  if (!factor || !inSync || !Number.isInteger(copies) || !Number.isInteger(wanted)) return;
  // One copy that waits for itself is what one copy can do.
  if (wanted < copies || (wanted === 1 && copies === 1)) return;
  const isNever = wanted > copies;
  yield {
    at: isInherited ? factor : inSync,
    message: isNever
      ? `No write with acks=all succeeds for ${what}: it waits for ${wanted} replicas, and there are ${copies}.`
      : `Writes with acks=all fail for ${what} as soon as one broker is down: they wait for ${wanted} of ${copies} replicas.`,
    ...(isNever ? { severity: 'error' as const } : {}),
    related: [
      {
        at: isInherited ? inSync : factor,
        message: isInherited ? 'How many a write waits for.' : 'How many replicas there are.',
      },
    ],
    fixes:
      isInherited || copies < 2
        ? []
        : [
            {
              title: `Wait for ${copies - 1}`,
              safe: false,
              edits: () => [replaceValue(inSync, inSync.quoted ? `"${copies - 1}"` : String(copies - 1))],
            },
          ],
  };
}
