import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';

export const SCALED_OBJECT = 'keda.sh/ScaledObject';
export const SCALERS = [SCALED_OBJECT, 'keda.sh/ScaledJob'];

/** One Kafka trigger of KEDA. */
export interface KafkaTrigger {
  readonly topic: SourceNode | undefined;
  readonly group: SourceNode | undefined;
  readonly metadata: SourceNode;
}

/** The triggers that scale by the lag of a consumer group. */
export function kafkaTriggers({ root }: Resource): readonly KafkaTrigger[] {
  return (root.find('spec', 'triggers')?.items ?? []).flatMap((trigger): KafkaTrigger[] => {
    const metadata = trigger.find('metadata');
    if (!/^(?:apache-)?kafka$/.test(trigger.text('type') ?? '') || !metadata) return [];
    return [{ metadata, topic: metadata.find('topic'), group: metadata.find('consumerGroup') }];
  });
}
