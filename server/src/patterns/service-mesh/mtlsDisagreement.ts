import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { serviceHost } from '../../workspace/istio/hosts.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { matchesLabelSelector } from '../../workspace/selection.ts';

/** Callers that are told to speak plain text to pods that demand mutual TLS are refused. */
export const rule = defineRule({
  id: 'service-mesh/mtls-disagreement',
  severity: 'error',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  equivalents: ['kiali:KIA0207', 'kiali:KIA0505'],
  *check(resource, graph) {
    const mode = resource.root.find('spec', 'trafficPolicy', 'tls', 'mode');
    const host = resource.root.text('spec', 'host');
    if (mode?.text() !== 'DISABLE' || host === undefined) return;
    const service = serviceHost(host, resource);
    if (!service) return;
    const target = graph.lookup(resource, ['Service'], service.name, service.namespace);
    if (target.status !== 'found') return;
    const authentication = strictAuthentication(target.resource, graph);
    if (!authentication) return;
    yield {
      at: mode,
      message: `Calls to ${host} are sent in plain text, but ${describeOther(authentication)} admits only mutual TLS.`,
      related: [
        {
          at: authentication.root.find('spec', 'mtls', 'mode')!,
          message: `${describeOther(authentication)} is STRICT.`,
        },
      ],
      fixes: [{ title: 'Use ISTIO_MUTUAL', safe: true, edits: () => [replaceValue(mode, 'ISTIO_MUTUAL')] }],
    };
  },
});

/** The PeerAuthentication of the Service's namespace that makes its pods strict; port-level modes leave it open. */
function strictAuthentication(service: Resource, graph: ResourceGraph): Resource | undefined {
  const policies = graph
    .near(service, 'security.istio.io/PeerAuthentication')
    .filter((policy) => policy.namespace !== undefined && policy.namespace === service.namespace);
  const { workloads } = podsByLabels(service, service.root.find('spec', 'selector'), graph);
  const own = policies.filter((policy) => {
    const selector = policy.root.find('spec', 'selector');
    return selector && workloads.some(({ podLabels }) => matchesLabelSelector(selector, podLabels) !== false);
  });
  const deciding = own.length > 0 ? own : policies.filter((policy) => policy.root.lacks('spec', 'selector'));
  if (deciding.length !== 1) return undefined;
  const [policy] = deciding as [Resource];
  return policy.root.text('spec', 'mtls', 'mode') === 'STRICT' && policy.root.lacks('spec', 'portLevelMtls')
    ? policy
    : undefined;
}
