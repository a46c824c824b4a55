import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { fullHost } from '../../workspace/istio/hosts.ts';

/** Two entries for one destination share its traffic, and their weights say nothing. */
export const rule = defineRule({
  id: 'service-mesh/destination-twice',
  severity: 'warning',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['kiali:KIA1105'],
  *check(resource) {
    const { root } = resource;
    for (const protocol of ['http', 'tls', 'tcp']) {
      for (const route of root.find('spec', protocol)?.items ?? []) {
        const seen = new Map<string, SourceNode>();
        for (const entry of route.find('route')?.items ?? []) {
          const destination = entry.find('destination');
          const host = destination?.find('host');
          // Headers that are set on the way make two entries differ.
          if (!destination?.known || !host || entry.conditional || !entry.lacks('headers')) continue;
          const identity = JSON.stringify([
            host.text() === undefined ? undefined : fullHost(host.text()!, resource),
            destination.text('subset'),
            destination.text('port', 'number'),
          ]);
          const first = seen.get(identity);
          if (!first) {
            seen.set(identity, host);
            continue;
          }
          const at = destination.find('subset') ?? host;
          const subset = destination.text('subset');
          yield {
            at,
            message: `This route names ${subset === undefined ? '' : `subset ${subset} of `}${host.text()} twice.`,
            related: [{ at: first, message: 'The same destination.' }],
          };
        }
      }
    }
  },
});
