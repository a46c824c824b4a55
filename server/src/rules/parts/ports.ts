import type { SourceNode } from '../../text/sourceNode.ts';
import { sidecars, type Workload } from '../../workspace/kubernetes/workload.ts';

/** One entry of a container's `ports`. */
export interface DeclaredPort {
  readonly name: string | undefined;
  readonly number: number | undefined;
  readonly protocol: string;
  readonly at: SourceNode;
}

/** The ports that the long-running containers of a workload declare. */
export function declaredPorts(workload: Workload): readonly DeclaredPort[] {
  return [...workload.containers, ...sidecars(workload)].flatMap((container) => portsOf(container));
}

export function portsOf(container: SourceNode): readonly DeclaredPort[] {
  return (container.find('ports')?.items ?? []).map((port) => ({
    name: port.text('name'),
    number: port.number('containerPort'),
    protocol: port.text('protocol') ?? 'TCP',
    at: port.find('containerPort') ?? port,
  }));
}
