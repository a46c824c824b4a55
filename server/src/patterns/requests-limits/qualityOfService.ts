import { readQuantity } from '../../rules/parts/quantity.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';

export interface QualityOfService {
  readonly name: 'Guaranteed' | 'Burstable' | 'BestEffort';
  /** What happens to such pods when a node runs short. */
  readonly meaning: string;
}

/** The QoS class that Kubernetes gives the pods; undefined where a template leaves it open. */
export function qualityOfService(workload: Workload): QualityOfService | undefined {
  const containers = [...workload.initContainers, ...workload.containers];
  if (containers.length === 0 || workload.podSpec?.open) return undefined;
  if (containers.some((container) => container.open || container.find('resources')?.known === false)) return undefined;
  if (containers.every((container) => !hasAny(container, 'requests') && !hasAny(container, 'limits'))) {
    return { name: 'BestEffort', meaning: 'These pods are evicted first when the node runs short.' };
  }
  if (containers.every(isGuaranteed)) {
    return { name: 'Guaranteed', meaning: 'Requests equal limits; these pods are evicted last.' };
  }
  return {
    name: 'Burstable',
    meaning: 'These pods may use more than they requested, and are evicted when they do while the node runs short.',
  };
}

function hasAny(container: SourceNode, part: 'requests' | 'limits'): boolean {
  return ['cpu', 'memory'].some((name) => readQuantity(container.find('resources', part, name)?.scalar));
}

function isGuaranteed(container: SourceNode): boolean {
  return ['cpu', 'memory'].every((name) => {
    const limit = readQuantity(container.find('resources', 'limits', name)?.scalar);
    const request = readQuantity(container.find('resources', 'requests', name)?.scalar);
    // A missing request is set to the limit.
    return limit !== undefined && limit > 0 && (request === undefined || request === limit);
  });
}
