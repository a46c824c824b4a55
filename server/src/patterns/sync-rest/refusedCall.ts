import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import type { ServiceCall } from '../../workspace/kubernetes/serviceCalls.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { type Refusal, refusalOf } from './admission.ts';
import { calledPort, type PodPort, podPort } from './calledPort.ts';

/** A call that NetworkPolicies certainly refuse. */
export interface RefusedCall {
  readonly refusal: Refusal;
  readonly caller: Workload;
  readonly callee: Workload;
  readonly port: PodPort | undefined;
}

/** Undefined for a call that is admitted, or may be. It goes to `service`, by default the one of the caller's own set. */
export function refusedCall(
  call: ServiceCall,
  graph: ResourceGraph,
  service: Resource | undefined = call.target.status === 'found' ? call.target.resource : undefined,
): RefusedCall | undefined {
  const { caller } = call;
  if (!caller || !service) return undefined;
  const { workloads, certain } = podsByLabels(service, service.root.find('spec', 'selector'), graph);
  if (!certain) return undefined;
  const entry = calledPort(call, graph);
  for (const callee of workloads) {
    if (callee.resource === caller.resource) continue;
    const port = entry && podPort(entry, callee);
    const refusal = refusalOf(caller, callee, port, graph);
    if (refusal) return { refusal, caller, callee, port };
  }
  return undefined;
}
