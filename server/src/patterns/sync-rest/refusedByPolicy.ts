import { addItem, setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Fix } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { CALLING_TYPES } from '../../workspace/kubernetes/serviceCalls.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import { describeOther } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { likelyCalls, oncePerAddress } from './likelyCalls.ts';
import { type RefusedCall, refusedCall } from './refusedCall.ts';

/** A policy that holds the callee's pods, or the caller's, drops what it does not admit: the call runs into its timeout. */
export const rule = defineRule({
  id: 'sync-rest/refused-by-policy',
  severity: 'error',
  profile: 'recommended',
  types: CALLING_TYPES,
  *check(resource, graph) {
    for (const call of oncePerAddress(likelyCalls(resource, graph))) {
      const refused = refusedCall(call, graph);
      if (!refused) continue;
      const { refusal, caller, callee, port } = refused;
      const names = refusal.policies.map(describeOther).join(' and ');
      const onPort = port?.number === undefined ? '' : ` port ${port.number} of`;
      const isIngress = refusal.direction === 'ingress';
      yield {
        at: call.address.hostPlace,
        message: isIngress
          ? `${names} ${refusal.policies.length === 1 ? 'does' : 'do'} not let ${describeOther(caller.resource)} reach${onPort} ${describeOther(callee.resource)}.`
          : `${names} ${refusal.policies.length === 1 ? 'lets' : 'let'} ${describeOther(caller.resource)} out to others, but not to${onPort} ${describeOther(callee.resource)}.`,
        related: refusal.policies.map((policy) => ({
          at:
            policy.root.find('spec', refusal.direction)?.keyPlace ??
            policy.root.find('metadata', 'name') ??
            policy.root,
          message: isIngress ? 'Who is let in.' : 'Where it may go.',
        })),
        fixes: fixesFor(refused, graph),
      };
    }
  },
});

/** One more rule in the one policy that is about these pods; a policy for all pods of a namespace stays as it is. */
function fixesFor({ refusal, caller, callee, port }: RefusedCall, graph: ResourceGraph): readonly Fix[] {
  const own = refusal.policies.filter(({ root }) => (root.find('spec', 'podSelector')?.entries.length ?? 0) > 0);
  const [policy] = own;
  const isIngress = refusal.direction === 'ingress';
  const peer = isIngress ? caller : callee;
  const labels = selectorOf(peer);
  if (!policy || own.length > 1 || !labels || port?.number === undefined || graph.isIncomplete(policy)) return [];
  const { namespace } = peer.resource;
  const isNear = namespace === policy.namespace;
  if (!isNear && namespace === undefined) return [];
  const added = {
    [isIngress ? 'from' : 'to']: [
      {
        ...(isNear ? {} : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }),
        podSelector: { matchLabels: labels },
      },
    ],
    ports: [{ protocol: 'TCP', port: port.number }],
  };
  const list = policy.root.find('spec', refusal.direction);
  const spec = policy.root.find('spec')!;
  if (list && (list.flow || list.kind !== 'list' || list.items.length === 0)) return [];
  return [
    {
      title: isIngress
        ? `Let ${peer.resource.name ?? 'the caller'} in by ${describeOther(policy)}`
        : `Let it call ${peer.resource.name ?? 'the callee'} by ${describeOther(policy)}`,
      safe: false,
      edits: () => (list ? [addItem(list, added)] : setValue(spec, [refusal.direction], [added])),
    },
  ];
}

/** The labels by which a workload knows its own pods. */
function selectorOf({ resource, podLabels }: Workload): Record<string, string> | undefined {
  const selector = resource.root.find('spec', 'selector', 'matchLabels') ?? podLabels;
  if (!selector?.known || selector.entries.length === 0) return undefined;
  return Object.fromEntries(selector.entries.map((entry: SourceNode) => [entry.key!, entry.text() ?? '']));
}
