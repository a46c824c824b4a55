import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { blockOf, blocksOf, reachedFrom, type TerraformBlock } from '../terraform/parts/terraformBlock.ts';

export const SQS_QUEUE = 'terraform/aws_sqs_queue';

/** Seconds that SQS keeps a message, and hides one that is being worked on, where nothing is written. */
export const DEFAULT_RETENTION_SECONDS = 345_600;
export const DEFAULT_VISIBILITY_SECONDS = 30;

/** The queue that takes what this one could not hand over, by its redrive policy; undefined where it is not of this module. */
export function deadLetterQueueOf(queue: TerraformBlock, graph: ResourceGraph): TerraformBlock | undefined {
  const others = blocksOf(queue.module, graph, queue.type).filter(({ address }) => address !== queue.address);
  const writers = [
    queue,
    ...blocksOf(queue.module, graph, 'aws_sqs_queue_redrive_policy').filter(({ module, block }) =>
      reachedFrom(module, block, graph).has(queue.address),
    ),
  ];
  const reached = new Set(
    writers.flatMap(({ module, block, node, type }) =>
      type !== queue.type || !node.lacks('redrive_policy') ? [...reachedFrom(module, block, graph)] : [],
    ),
  );
  const found = others.filter(({ address }) => reached.has(address));
  return found.length === 1 ? found[0] : undefined;
}

/** Queues of the module for which this one takes what they could not hand over. */
export function sourcesOf(queue: TerraformBlock, graph: ResourceGraph): readonly TerraformBlock[] {
  return blocksOf(queue.module, graph, queue.type).filter(
    (other) => other.address !== queue.address && deadLetterQueueOf(other, graph)?.address === queue.address,
  );
}

/** The number at an argument, or its default where certainly nothing is written. */
export function secondsAt({ node }: TerraformBlock, name: string, fallback: number): number | undefined {
  return node.number(name) ?? (node.lacks(name) ? fallback : undefined);
}

/** The queue's block in its module. */
export function queueBlock(resource: Resource, graph: ResourceGraph): TerraformBlock | undefined {
  return blockOf(resource, graph);
}

/** The event source mappings that hand messages of a queue to functions, with the functions of this module. */
export function functionsOf(
  queue: TerraformBlock,
  graph: ResourceGraph,
): readonly { readonly mapping: TerraformBlock; readonly handler: TerraformBlock }[] {
  return blocksOf(queue.module, graph, 'aws_lambda_event_source_mapping').flatMap((mapping) => {
    const reached = reachedFrom(mapping.module, mapping.block, graph);
    if (!reached.has(queue.address)) return [];
    return blocksOf(queue.module, graph, 'aws_lambda_function')
      .filter(({ address }) => reached.has(address))
      .map((handler) => ({ mapping, handler }));
  });
}
