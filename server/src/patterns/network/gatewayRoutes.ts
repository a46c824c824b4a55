/** The routes of the Gateway API. */
export const ROUTE_TYPES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'].map(
  (kind) => `gateway.networking.k8s.io/${kind}`,
);

export const GATEWAY = 'gateway.networking.k8s.io/Gateway';
