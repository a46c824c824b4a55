import { defineRule } from '../../rules/contract.ts';
import { PROXY_ROUTES, proxyBackends } from '../../workspace/edges/proxyRoutes.ts';
import { describe, describeOther } from '../../workspace/resource.ts';

/** A route to a Service or a port that does not exist answers every request with 404, 502 or 503. */
export const rule = defineRule({
  id: 'api-gateway/backend-unknown',
  severity: 'error',
  profile: 'recommended',
  types: PROXY_ROUTES,
  *check(resource, graph) {
    const ports = new Map([...proxyBackends(resource)].map(({ name, port }) => [name, port]));
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'routes-to')) {
      if (target.status === 'missing')
        yield {
          at: writtenAt,
          message: `There is no Service ${writtenAt.text()} for ${describe(resource)}.`,
          ...(target.certain ? {} : { strict: true as const }),
        };
      if (target.status !== 'found') continue;
      const port = ports.get(writtenAt);
      const offered = target.resource.root.find('spec', 'ports');
      const wanted = port?.scalar;
      if (!port || wanted === undefined || wanted === null || !offered?.known) continue;
      if (target.resource.root.text('spec', 'type') === 'ExternalName') continue;
      if (offered.items.some((item) => item.number('port') === wanted || item.text('name') === String(wanted)))
        continue;
      yield {
        at: port,
        message: `${describeOther(target.resource)} has no port ${wanted}, only ${offered.items.map((item) => item.text('port')).join(', ')}.`,
        related: [{ at: offered.keyPlace, message: `The ports of ${describeOther(target.resource)}.` }],
      };
    }
  },
});
