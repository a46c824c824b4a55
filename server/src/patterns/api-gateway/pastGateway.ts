import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { INGRESS, ingressClass } from '../network/ingresses.ts';

/** Annotations by which a load balancer gets an address of the private network only. */
const INTERNAL = /internal|private/i;
/** Classes whose controllers, outside the cluster, reach pods by node ports. */
const OUTSIDE_CONTROLLERS = /^(?:gce|gce-internal|alb|azure-application-gateway|oci|)$/;

/** Who calls the Service by its own address passes by the gateway: its certificates, its checks, its limits. */
export const rule = defineRule({
  id: 'api-gateway/past-gateway',
  severity: 'warning',
  profile: 'strict',
  types: ['Service'],
  *check(service, graph) {
    const type = service.root.find('spec', 'type');
    const isNodePort = type?.text() === 'NodePort';
    if (!type || (!isNodePort && type.text() !== 'LoadBalancer')) return;
    const annotations = service.root.find('metadata', 'annotations');
    if (annotations?.entries.some((entry) => INTERNAL.test(`${entry.key} ${entry.text() ?? ''}`))) return;
    for (const { source, writtenAt } of graph.edgesTo(service, 'routes-to')) {
      const isOuter =
        source.type === INGRESS ||
        source.type.startsWith('gateway.networking.k8s.io/') ||
        (source.type === VIRTUAL_SERVICE && graph.edgesFrom(source, 'attached-to').length > 0);
      if (!isOuter || (isNodePort && source.type === INGRESS && OUTSIDE_CONTROLLERS.test(ingressClass(source))))
        continue;
      yield {
        at: type,
        message: `${describe(service)} is reached past ${describeOther(source)}: as ${type.text()} it has an address of its own, where no gateway checks who calls.`,
        related: [{ at: writtenAt, message: `${describeOther(source)} routes to it.` }],
        fixes: [{ title: 'Make it a ClusterIP', safe: false, edits: () => [replaceValue(type, 'ClusterIP')] }],
      };
      return;
    }
  },
});
