import { defineRule } from '../../../rules/contract.ts';
import { resolveHost, serviceHost } from '../../../workspace/istio/hosts.ts';
import { describe } from '../../../workspace/resource.ts';
import { AUTHORIZATION_POLICY } from './sources.ts';

/** The host of a request is compared as it was written by the caller; one that nothing answers to is never written. */
export const rule = defineRule({
  id: 'service-mesh/operation-host-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: [AUTHORIZATION_POLICY],
  equivalents: ['kiali:KIA0104'],
  *check(policy, graph) {
    for (const rule of policy.root.find('spec', 'rules')?.items ?? []) {
      for (const to of rule.find('to')?.items ?? []) {
        for (const field of ['hosts', 'notHosts']) {
          for (const host of to.find('operation', field)?.items ?? []) {
            const written = host.text()?.replace(/:(?:\d+|\*)$/, '');
            if (written === undefined || written.includes('*')) continue;
            // Names outside the cluster come in by a gateway, and no file need write them.
            const service = serviceHost(written, policy);
            if (!service) continue;
            const target =
              written === host.text()
                ? resolveHost(host, policy, graph)
                : graph.lookup(policy, ['Service'], service.name, service.namespace);
            if (target.status !== 'missing') continue;
            yield {
              at: host,
              message: `No Service or ServiceEntry answers to ${written}, so no request that ${describe(policy)} reads has this host.`,
              ...(target.certain ? {} : { strict: true }),
            };
          }
        }
      }
    }
  },
});
