import { defineRule } from '../../rules/contract.ts';
import { DEFAULT_VISIBILITY_SECONDS, functionsOf, queueBlock, SQS_QUEUE, secondsAt } from './queues.ts';

const DEFAULT_FUNCTION_SECONDS = 3;
/** What AWS advises: time for the tries that its poller makes when the function is throttled. */
const ADVISED_FACTOR = 6;

/** A message that becomes visible while it is still being handled is handled twice; AWS refuses such a mapping. */
export const rule = defineRule({
  id: 'async-messaging/redelivered-in-progress',
  severity: 'error',
  profile: 'recommended',
  types: [SQS_QUEUE],
  *check(resource, graph) {
    const queue = queueBlock(resource, graph);
    const hidden = queue && secondsAt(queue, 'visibility_timeout_seconds', DEFAULT_VISIBILITY_SECONDS);
    if (!queue || hidden === undefined) return;
    for (const { handler } of functionsOf(queue, graph)) {
      const allowed = secondsAt(handler, 'timeout', DEFAULT_FUNCTION_SECONDS);
      if (allowed === undefined || hidden >= allowed * ADVISED_FACTOR) continue;
      const isShorter = hidden < allowed;
      yield {
        at: queue.node.find('visibility_timeout_seconds') ?? queue.namePlace,
        message: isShorter
          ? `${queue.address} shows a message again after ${hidden} s, while ${handler.address} may work on it for ${allowed} s.`
          : `${queue.address} hides a message for ${hidden} s; for a function of ${allowed} s, AWS advises ${ADVISED_FACTOR} × ${allowed} s = ${ADVISED_FACTOR * allowed} s.`,
        ...(isShorter ? {} : { severity: 'information' as const, strict: true as const }),
        related: [
          { at: handler.node.find('timeout') ?? handler.namePlace, message: `The time that ${handler.address} has.` },
        ],
      };
    }
  },
});
