import { instanceName } from '../../rules/parts/instanceName.ts';
import type { Participant, PatternInstance } from '../../rules/pattern.ts';
import { lostConfigMaps } from '../../workspace/kubernetes/lostConfigMaps.ts';
import { callersOf } from '../../workspace/kubernetes/serviceCalls.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { type EgressTarget, egressTargets } from '../network/egressTargets.ts';
import { meshProtocol } from '../service-mesh/portProtocols.ts';
import { podPort } from './calledPort.ts';
import { TELEMETRY } from './restCalls.ts';

/**
 * Calls whose address went with a ConfigMap: the caller names one that is missing, and a NetworkPolicy lets it connect to
 * a port of others that speaks HTTP.
 */
export function* lostAddresses(graph: ResourceGraph): Iterable<PatternInstance> {
  const callers = new Set(lostConfigMaps(graph).flatMap(({ readers }) => readers));
  for (const caller of callers) {
    for (const target of egressTargets(caller, graph)) {
      const called = target.services.filter((service) => admitsHttp(target, service));
      if (called.some((service) => callersOf(service, graph).some((call) => call.caller === caller))) continue;
      // Others of the same pods are the previews, canaries and headless twins of the one with the shortest name.
      const [service] = called.sort((a, b) => (a.name?.length ?? 0) - (b.name?.length ?? 0));
      if (service) yield useOf(caller, service, target.pods, graph);
    }
  }
}

function admitsHttp({ pods, ports }: EgressTarget, { root, name }: Resource): boolean {
  return (root.find('spec', 'ports')?.items ?? []).some((port) => {
    if (!/^https?$/.test(meshProtocol(port) ?? '') || TELEMETRY.test(`${name} ${port.text('name')}`)) return false;
    if (/metrics/.test(port.text('name') ?? '')) return false;
    return pods.some((pod) => {
      const { number, name } = podPort(port, pod);
      return !ports || (number !== undefined && ports.has(number)) || (name !== undefined && ports.has(name));
    });
  });
}

function useOf(caller: Workload, service: Resource, pods: readonly Workload[], graph: ResourceGraph): PatternInstance {
  const named = (role: string, resource: Resource): Participant => ({
    role,
    resource,
    at: resource.root.find('metadata', 'name') ?? resource.root,
  });
  return {
    pattern: 'sync-rest',
    name: `${instanceName(caller.resource, graph)} → ${service.name}`,
    participants: [
      named('caller', caller.resource),
      named('service', service),
      ...pods.map(({ resource }) => named('callee', resource)),
    ],
    missing: ['address'],
  };
}
