import { namespacesAgree } from '../../workspace/selection.ts';
import type { NameFinder } from './nameFinder.ts';

/** The gateways of Istio that a route may be bound to: those of other namespaces with their namespace before them. */
export const gatewayNames: NameFinder = {
  path: /^spec\.(?:http\[\]\.match\[\]\.)?gateways\[\]$/,
  *find({ graph, resource }) {
    for (const { name, namespace } of graph.all('networking.istio.io/Gateway')) {
      if (name === undefined) continue;
      const isNear = namespacesAgree(namespace, resource.namespace);
      yield {
        value: isNear ? name : `${namespace}/${name}`,
        detail: namespace ? `Gateway in ${namespace}` : 'Gateway',
      };
    }
    yield { value: 'mesh', detail: 'every sidecar', isUnlikely: true };
  },
};
