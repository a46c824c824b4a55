import { replaceValue } from '../../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../../rules/contract.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import { DESTINATION_RULE } from '../../../workspace/istio/destinationRules.ts';
import { serviceHost } from '../../../workspace/istio/hosts.ts';
import { podsByLabels } from '../../../workspace/kubernetes/podSelection.ts';
import type { Workload } from '../../../workspace/kubernetes/workload.ts';
import { describeOther, type Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { matchesLabels } from '../../../workspace/selection.ts';
import { ROOT_NAMESPACE } from '../policyScope.ts';
import { trafficPolicies } from '../trafficPolicies.ts';
import { hostScope } from './hostScope.ts';
import { type PeerMode, peerMode } from './peerAuthentications.ts';

/** Callers that are told to speak plain text to pods that demand mutual TLS are refused, and the other way round. */
export const rule = defineRule({
  id: 'service-mesh/mtls-disagreement',
  severity: 'error',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  equivalents: ['istioctl:IST0113', 'kiali:KIA0207', 'kiali:KIA0208', 'kiali:KIA0505', 'kiali:KIA0506'],
  *check(resource, graph) {
    const host = resource.root.text('spec', 'host');
    if (host === undefined) return;
    for (const policy of trafficPolicies(resource.root)) {
      const at = policy.find('tls', 'mode');
      const mode = at?.text();
      if (!at || (mode !== 'DISABLE' && mode !== 'ISTIO_MUTUAL')) continue;
      const contrary = mode === 'DISABLE' ? 'STRICT' : 'DISABLE';
      const modes = modesBehind(host, policy, resource, graph);
      // One port that gets on with the policy is reason enough to have it.
      const refused = modes.every((one) => one?.mode === contrary) ? modes[0] : undefined;
      if (!refused) continue;
      const name = describeOther(refused.policy);
      yield {
        at,
        message:
          mode === 'DISABLE'
            ? `Calls to ${host} are sent in plain text, but ${name} admits only mutual TLS.`
            : `Calls to ${host} are sent by mutual TLS, but ${name} admits only plain text.`,
        related: [{ at: refused.at, message: `${name} is ${contrary}.` }],
        ...(mode === 'DISABLE'
          ? { fixes: [{ title: 'Use ISTIO_MUTUAL', safe: true, edits: () => [replaceValue(at, 'ISTIO_MUTUAL')] }] }
          : {}),
      };
    }
  },
});

/** What the pods behind the host admit, one answer for each pod and port that the policy speaks of. */
function modesBehind(
  host: string,
  policy: SourceNode,
  rule: Resource,
  graph: ResourceGraph,
): readonly (PeerMode | undefined)[] {
  const scope = hostScope(host);
  if (scope) return [peerMode(rule, graph, scope.kind === 'mesh' ? ROOT_NAMESPACE : scope.namespace)];
  const service = serviceHost(host, rule);
  if (!service) return [undefined];
  const target = graph.lookup(rule, ['Service'], service.name, service.namespace);
  if (target.status !== 'found') return [undefined];
  const { root, namespace } = target.resource;
  const { workloads } = podsByLabels(target.resource, root.find('spec', 'selector'), graph);
  const labels = subsetOf(policy)?.find('labels');
  const chosen = labels ? workloads.filter(({ podLabels }) => matchesLabels(labels, podLabels) === true) : workloads;
  if (chosen.length === 0) return [peerMode(rule, graph, namespace)];
  const ports = targetPorts(root, policy.number('port', 'number'));
  return chosen.flatMap((workload) =>
    ports.map((port) => peerMode(rule, graph, namespace, { workload, port: numberOf(port, workload) })),
  );
}

function subsetOf(policy: SourceNode): SourceNode | undefined {
  for (let node: SourceNode | undefined = policy; node; node = node.parent)
    if (node.parent?.key === 'subsets') return node;
  return undefined;
}

/** The pods' ports, as number or name, behind one port of a Service or behind all. */
function targetPorts(service: SourceNode, port: number | undefined): readonly (string | number | undefined)[] {
  const items = service.find('spec', 'ports')?.items ?? [];
  const chosen = items.filter((item) => port === undefined || item.number('port') === port);
  if (chosen.length === 0) return [undefined];
  return chosen.map((item) => item.number('targetPort') ?? item.text('targetPort') ?? item.number('port'));
}

function numberOf(port: string | number | undefined, workload: Workload): number | undefined {
  if (typeof port !== 'string') return port;
  return workload.containers
    .flatMap((container) => container.find('ports')?.items ?? [])
    .find((item) => item.text('name') === port)
    ?.number('containerPort');
}
