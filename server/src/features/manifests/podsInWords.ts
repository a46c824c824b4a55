import { autoscalersOf } from '../../patterns/hpa/autoscaler.ts';
import type { PodSelection } from '../../workspace/kubernetes/podSelection.ts';
import { replicasOf, type Workload } from '../../workspace/kubernetes/workload.ts';
import { label } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { scaledRange } from '../hints/scaledReplicas.ts';

/**
 * What a selection picks now, in a few words: `Deployment cart (3 pods)`, `4 workloads (9–14 pods)`. Undefined where it
 * picks nothing for certain or where a template leaves it open.
 */
export function podsInWords({ certain, workloads }: PodSelection, graph: ResourceGraph): string | undefined {
  const [first, second] = workloads;
  if (!first) return certain ? 'no pods here' : undefined;
  const range = workloads.map((workload) => podCount(workload, graph)).reduce(sum);
  const pods = range && ` (${count(range)})`;
  const names =
    workloads.length > 2
      ? `${workloads.length} workloads`
      : [first, ...(second ? [second] : [])].map(({ resource }) => label(resource)).join(' and ');
  return `${names}${pods ?? ''}${certain ? '' : ', perhaps more'}`;
}

/** The same as a list in Markdown, one workload a line. */
export function podsAsList({ workloads }: PodSelection, graph: ResourceGraph): string {
  return workloads
    .map((workload) => {
      const range = podCount(workload, graph);
      return `- ${label(workload.resource)}${range ? `, ${count(range)}` : ''}`;
    })
    .join('\n');
}

interface PodRange {
  readonly least: number;
  readonly most: number;
}

/** What an autoscaler may make of it counts, not what is written. */
function podCount(workload: Workload, graph: ResourceGraph): PodRange | undefined {
  const [autoscaler] = autoscalersOf(workload.resource, graph);
  if (autoscaler) return scaledRange(autoscaler);
  const replicas = replicasOf(workload);
  return replicas === undefined ? undefined : { least: replicas, most: replicas };
}

function sum(a: PodRange | undefined, b: PodRange | undefined): PodRange | undefined {
  return a && b && { least: a.least + b.least, most: a.most + b.most };
}

function count({ least, most }: PodRange): string {
  return `${least === most ? most : `${least}–${most}`} ${most === 1 ? 'pod' : 'pods'}`;
}
