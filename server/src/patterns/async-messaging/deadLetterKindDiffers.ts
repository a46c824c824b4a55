import { defineRule } from '../../rules/contract.ts';
import { deadLetterQueueOf, queueBlock, SQS_QUEUE } from './queues.ts';

/** SQS refuses a dead letter queue of the other kind. */
export const rule = defineRule({
  id: 'async-messaging/dead-letter-kind-differs',
  severity: 'error',
  profile: 'recommended',
  types: [SQS_QUEUE],
  *check(resource, graph) {
    const queue = queueBlock(resource, graph);
    const aside = queue && deadLetterQueueOf(queue, graph);
    if (!queue || !aside) return;
    const isOrdered = ({ node }: typeof queue) =>
      node.boolean('fifo_queue') ?? (node.lacks('fifo_queue') ? false : undefined);
    const [own, other] = [isOrdered(queue), isOrdered(aside)];
    if (own === undefined || other === undefined || own === other) return;
    const kind = (ordered: boolean) => (ordered ? 'a FIFO queue' : 'a standard queue');
    yield {
      at: queue.node.find('fifo_queue') ?? queue.namePlace,
      message: `${queue.address} is ${kind(own)} and ${aside.address} is ${kind(other)}: SQS wants a dead letter queue of the same kind.`,
      related: [{ at: aside.node.find('fifo_queue') ?? aside.namePlace, message: `The kind of ${aside.address}.` }],
    };
  },
});
