import { defineRule } from '../../rules/contract.ts';
import { DEFAULT_RETENTION_SECONDS, queueBlock, SQS_QUEUE, secondsAt, sourcesOf } from './queues.ts';

const DAY_SECONDS = 86_400;

/** SQS counts a message's age from the day it was sent first, so that a dead letter queue must keep it for longer. */
export const rule = defineRule({
  id: 'async-messaging/dead-letters-expire-first',
  severity: 'warning',
  profile: 'recommended',
  types: [SQS_QUEUE],
  *check(resource, graph) {
    const queue = queueBlock(resource, graph);
    const kept = queue && secondsAt(queue, 'message_retention_seconds', DEFAULT_RETENTION_SECONDS);
    if (!queue || kept === undefined) return;
    for (const source of sourcesOf(queue, graph)) {
      const before = secondsAt(source, 'message_retention_seconds', DEFAULT_RETENTION_SECONDS);
      if (before === undefined || kept > before) continue;
      yield {
        at: queue.node.find('message_retention_seconds') ?? queue.namePlace,
        message: `${queue.address} keeps messages for ${days(kept)}, counted from when they came to ${source.address}, which keeps them for ${days(before)}: a late one is gone before anybody looks at it.`,
        ...(kept === before ? { severity: 'information' as const, strict: true as const } : {}),
        related: [
          {
            at: source.node.find('message_retention_seconds') ?? source.namePlace,
            message: `How long ${source.address} keeps messages.`,
          },
        ],
      };
      return;
    }
  },
});

function days(seconds: number): string {
  const count = Number((seconds / DAY_SECONDS).toFixed(2));
  return `${count} ${count === 1 ? 'day' : 'days'}`;
}
