import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { describe } from '../../workspace/resource.ts';

/** A route that is handed on to a VirtualService which does not exist is left out. */
export const rule = defineRule({
  id: 'service-mesh/delegate-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  *check(resource, graph) {
    for (const route of resource.root.find('spec', 'http')?.items ?? []) {
      const delegate = route.find('delegate');
      const name = delegate?.find('name');
      const written = name?.text();
      if (!delegate || !name || written === undefined) continue;
      const namespace = delegate.text('namespace') ?? (delegate.lacks('namespace') ? resource.namespace : undefined);
      if (namespace === undefined && !delegate.lacks('namespace')) continue;
      const target = graph.lookup(resource, [VIRTUAL_SERVICE], written, namespace);
      if (target.status !== 'missing') continue;
      yield {
        at: name,
        message: `There is no VirtualService ${written}${namespace === undefined ? '' : ` in namespace ${namespace}`}, so what ${describe(resource)} hands on to it gets no answer.`,
        ...(target.certain && namespace === resource.namespace ? {} : { strict: true }),
      };
    }
  },
});
