import { defineRule } from '../../rules/contract.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { describe } from '../../workspace/resource.ts';

/** The more names a certificate holds, the more goes down when it is revoked: `policies.certificates.maxDnsNames`. */
export const rule = defineRule({
  id: 'network/certificate-names-too-many',
  severity: 'warning',
  profile: 'recommended',
  types: ['cert-manager.io/Certificate'],
  equivalents: ['kyverno:cert-manager-limit-dnsnames'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'certificates');
    const most = demand?.policy.maxDnsNames;
    const names = resource.root.find('spec', 'dnsNames');
    if (!demand || most === undefined || !names || names.items.length <= most) return;
    yield {
      at: names.keyPlace,
      message: `${describe(resource)} holds ${names.items.length} names; allowed are ${most}.`,
      ...demand.because('maxDnsNames'),
    };
  },
});
