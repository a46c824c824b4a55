import { declaredPorts } from '../../rules/parts/ports.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { calledService, type ServiceCall } from '../../workspace/kubernetes/serviceCalls.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The entry of the called Service's `ports` that a call goes to; undefined where the Service has no such port. */
export function calledPort(call: ServiceCall, graph: ResourceGraph): SourceNode | undefined {
  return calledService(call, graph)
    ?.root.find('spec', 'ports')
    ?.items.find((port) => port.number('port') === call.address.port);
}

/** A port of a container, by number and name, as far as they are known. */
export interface PodPort {
  readonly number: number | undefined;
  readonly name: string | undefined;
}

/** The port of a pod behind a port of its Service. */
export function podPort(port: SourceNode, workload: Workload): PodPort {
  const target = (port.find('targetPort') ?? port.find('port'))?.scalar;
  const declared = declaredPorts(workload).find(({ name, number }) => target === name || target === number);
  return {
    number: typeof target === 'number' ? target : declared?.number,
    name: typeof target === 'string' ? target : declared?.name,
  };
}
