import { formatDuration } from '../../rules/parts/duration.ts';
import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern, type Participant, type PatternInstance } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import {
  CALLING_TYPES,
  calledService,
  callersOf,
  callsWrittenIn,
  type ServiceCall,
} from '../../workspace/kubernetes/serviceCalls.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { longestOf, timeoutsTowards } from '../timeout/routeTimeouts.ts';
import { applyAddress } from './applyAddress.ts';
import { calledPort } from './calledPort.ts';
import { likelyCalls } from './likelyCalls.ts';
import { lostAddresses } from './lostAddresses.ts';
import { isRestCall } from './restCalls.ts';
import { templatedCalls } from './templatedCalls.ts';

export const pattern = definePattern({
  id: 'sync-rest',
  title: 'Synchronous calls by HTTP',
  category: 'communication',
  summary: 'One service asks another by HTTP, at the name of its Service, and waits for the answer.',
  roles: {
    caller: { title: 'caller', required: true },
    address: { title: 'address that the caller reads', required: true },
    service: { title: 'Service of the callee', required: true },
    callee: { title: 'pods that answer', required: true },
  },
  *recognize(graph) {
    const seen = new Set<string>();
    for (const owner of graph.all(...CALLING_TYPES)) {
      for (const call of likelyCalls(owner, graph)) {
        if (!isRestCall(call, graph)) continue;
        const { caller, address, target } = call;
        const service = calledService(call, graph);
        const isMissing = target.status === 'missing' && target.certain;
        if (!service && !isMissing) continue;
        const from = instanceName(caller?.resource ?? owner, graph);
        const name = `${from} → ${service?.name ?? address.host.split('.')[0]}`;
        const key = `${graph.setOf(owner)} ${name}`;
        if (seen.has(key)) continue;
        seen.add(key);
        yield instanceOf(call, service, name, graph);
      }
    }
    yield* lostAddresses(graph);
    yield* templatedCalls(graph);
  },
  explanations: [
    { types: WORKLOAD_TYPES, path: ['**', 'env', '*', 'value'], text: addressInWords },
    { types: ['ConfigMap'], path: ['data', '*'], text: addressInWords },
    {
      types: ['Service'],
      path: ['spec', 'ports', '*', 'port'],
      text(field, service, graph) {
        const callers = callersOf(service, graph)
          .filter(({ address, owner, caller, at }) => {
            if (address.port !== field.number()) return false;
            return likelyCalls(owner, graph).some((likely) => likely.caller === caller && likely.at === at);
          })
          .map(({ caller }) => caller?.resource.name);
        const names = [...new Set(callers.filter((name) => name !== undefined))];
        return names.length === 0
          ? undefined
          : `**Called by** ${names.join(', ')}, by the addresses that they are configured with.`;
      },
    },
  ],
  apply: applyAddress,
});

function instanceOf(
  { caller, owner, at }: ServiceCall,
  service: Resource | undefined,
  name: string,
  graph: ResourceGraph,
): PatternInstance {
  const participant = (role: string, resource: Resource): Participant => ({
    role,
    resource,
    at: resource.root.find('metadata', 'name') ?? resource.root,
  });
  const selector = service?.root.find('spec', 'selector');
  const { workloads, certain } = service ? podsByLabels(service, selector, graph) : { workloads: [], certain: true };
  // A Service without a selector stands for something that is not in the cluster, or that its owner enters by hand.
  const mayAnswer = workloads.length > 0 || !certain || (service !== undefined && !selector);
  return {
    pattern: 'sync-rest',
    name,
    participants: [
      ...(caller ? [participant('caller', caller.resource)] : []),
      { role: 'address', resource: owner, at },
      ...(service ? [participant('service', service)] : []),
      ...workloads.map(({ resource }) => participant('callee', resource)),
    ],
    missing: [
      ...(caller || isAddressBook(owner) || isInFile(at, owner) || graph.isIncomplete(owner) ? [] : ['caller']),
      ...(service ? [] : ['service']),
      ...(mayAnswer ? [] : ['callee']),
    ],
  };
}

/** A ConfigMap that holds nothing but addresses is there for callers that need not be in this set. */
function isAddressBook({ root }: Resource): boolean | undefined {
  const data = root.find('data');
  return data?.entries.every((entry) => /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(entry.text() ?? ''));
}

/** A program may read a file of settings through the API of Kubernetes, so that no manifest tells who it is. */
function isInFile(at: Participant['at'], { type, root }: Resource): boolean {
  return type === 'ConfigMap' && root.find('data')?.entries.every(({ span }) => span.start !== at.span.start) === true;
}

/** Where an address leads, with the numbers of what it meets on the way. */
function addressInWords(field: SourceNode, resource: Resource, graph: ResourceGraph): string | undefined {
  const call = callsWrittenIn(resource, graph).find(
    ({ at }) => at.span.start === field.span.start && at.source === field.source,
  );
  const service = call && calledService(call, graph);
  if (!service) return undefined;
  const port = calledPort(call, graph);
  const target = port?.text('targetPort');
  const { workloads } = podsByLabels(service, service.root.find('spec', 'selector'), graph);
  const pods = workloads.map((workload) => describeOther(workload.resource));
  const timeouts = timeoutsTowards(service, graph);
  return [
    `**Address of ${describeOther(service)}**${service.namespace ? ` in ${service.namespace}` : ''}.`,
    ...(port
      ? [
          `Port ${call.address.port} leads to port ${target ?? call.address.port} of the pods${pods.length > 0 ? ` of ${pods.join(', ')}` : ''}.`,
        ]
      : []),
    ...(timeouts ? [`The mesh gives up after ${formatDuration(longestOf(timeouts).milliseconds)}.`] : []),
  ].join(' ');
}
