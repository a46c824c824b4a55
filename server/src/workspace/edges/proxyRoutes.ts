import type { SourceNode } from '../../text/sourceNode.ts';
import type { ResourceType } from '../resource.ts';
import type { EdgeFinder } from '../resourceGraph.ts';
import { edgeTo } from './edgeTo.ts';

/** A backend as a gateway's own kind of route writes it. */
export interface ProxyBackend {
  readonly name: SourceNode;
  readonly port: SourceNode | undefined;
  readonly namespace: string | undefined;
}

/** The routes of gateways that have kinds of their own: Traefik, Contour, APISIX. */
export const PROXY_ROUTES: readonly ResourceType[] = [
  'traefik.io/IngressRoute',
  'traefik.containo.us/IngressRoute',
  'projectcontour.io/HTTPProxy',
  'apisix.apache.org/ApisixRoute',
];

/** The Services that such a route sends to, in document order; what is no Service of Kubernetes is left out. */
export function* proxyBackends({ type, root }: { type: ResourceType; root: SourceNode }): Iterable<ProxyBackend> {
  if (type === 'apisix.apache.org/ApisixRoute') {
    for (const kind of ['http', 'stream']) {
      for (const route of root.find('spec', kind)?.items ?? []) {
        for (const backend of [
          ...(route.find('backends')?.items ?? []),
          ...(route.find('backend') ? [route.find('backend')!] : []),
        ]) {
          const name = backend.find('serviceName');
          if (name) yield { name, port: backend.find('servicePort'), namespace: undefined };
        }
      }
    }
    return;
  }
  const spec = root.find('spec');
  const routes = [...(spec?.find('routes')?.items ?? []), ...(spec?.find('tcpproxy') ? [spec.find('tcpproxy')!] : [])];
  for (const route of routes) {
    for (const backend of route.find('services')?.items ?? []) {
      const name = backend.find('name');
      const isService = (backend.text('kind') ?? 'Service') === 'Service';
      if (name && isService) yield { name, port: backend.find('port'), namespace: backend.text('namespace') };
    }
  }
}

/** Routes of Traefik, Contour and APISIX → the Services behind them. */
export const proxyRoutes: EdgeFinder = {
  relation: 'routes-to',
  from: PROXY_ROUTES,
  *find(source, graph) {
    for (const { name, namespace } of proxyBackends(source)) {
      // Traefik has services of its own with a provider behind an @.
      if (name.text()?.includes('@')) continue;
      yield* edgeTo('routes-to', source, name, ['Service'], graph, namespace ?? source.namespace);
    }
  },
};
