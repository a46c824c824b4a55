import { defineRule } from '../../rules/contract.ts';
import type { Resource, ResourceType } from '../../workspace/resource.ts';
import { describe } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { KONG_PLUGINS, MIDDLEWARES, middlewaresOf, pluginsOf } from './extensions.ts';

/** Traefik drops a route whose middleware is missing; Kong serves it without what the plugin should have guarded. */
export const rule = defineRule({
  id: 'api-gateway/extension-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [
    'networking.k8s.io/Ingress',
    'gateway.networking.k8s.io/HTTPRoute',
    'Service',
    'traefik.io/IngressRoute',
    'traefik.containo.us/IngressRoute',
  ],
  *check(resource, graph) {
    for (const { name, at } of pluginsOf(resource)) {
      const certain = missing(resource, KONG_PLUGINS, name, resource.namespace, graph);
      if (certain !== undefined)
        yield {
          at,
          message: `There is no KongPlugin ${name} for ${describe(resource)}, which is served without it.`,
          ...(certain ? {} : { strict: true as const }),
        };
    }
    for (const { name, namespace, at } of middlewaresOf(resource)) {
      const certain = missing(resource, MIDDLEWARES, name, namespace, graph);
      if (certain !== undefined)
        yield {
          at,
          message: `There is no Middleware ${name}${namespace ? ` in namespace ${namespace}` : ''} for ${describe(resource)}, which Traefik does not serve at all.`,
          ...(certain ? {} : { strict: true as const }),
        };
    }
  },
});

/** Whether it is certain that nothing has the name; undefined where something has, or may have. */
function missing(
  from: Resource,
  types: readonly ResourceType[],
  name: string,
  namespace: string | undefined,
  graph: ResourceGraph,
): boolean | undefined {
  const target = graph.lookup(from, types, name, namespace);
  return target.status === 'missing' ? target.certain : undefined;
}
