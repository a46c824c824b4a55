import type { ResourceType } from '../../cluster/resourceType.ts';

/** The types that progressive delivery writes or reads, spelled out so that it asks for no discovery. */
export const virtualServiceType: ResourceType = istioType('VirtualService', 'virtualservices');
export const destinationRuleType: ResourceType = istioType('DestinationRule', 'destinationrules');
export const httpRouteType: ResourceType = gatewayType('HTTPRoute', 'httproutes');
export const grpcRouteType: ResourceType = gatewayType('GRPCRoute', 'grpcroutes');
export const serviceType: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  namespaced: true,
  verbs: [],
};

/** `v1beta1` is what every supported release of Istio serves. */
function istioType(kind: string, plural: string): ResourceType {
  return { group: 'networking.istio.io', version: 'v1beta1', kind, plural, namespaced: true, verbs: [] };
}

/** `v1` is what every supported release of the Gateway API serves. */
function gatewayType(kind: string, plural: string): ResourceType {
  return { group: 'gateway.networking.k8s.io', version: 'v1', kind, plural, namespaced: true, verbs: [] };
}
