import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import type { Resource } from '../../workspace/resource.ts';

export const HTTP_ROUTE = 'gateway.networking.k8s.io/HTTPRoute';
/** The kinds whose routes may repeat a request. */
export const RETRYING_ROUTES = [VIRTUAL_SERVICE, HTTP_ROUTE, 'gateway.networking.k8s.io/GRPCRoute'];

/** The `http` items of a VirtualService, or the rules of a Gateway API route. */
export function routesOf({ type, root }: Resource): readonly SourceNode[] {
  return root.find('spec', type === VIRTUAL_SERVICE ? 'http' : 'rules')?.items ?? [];
}
