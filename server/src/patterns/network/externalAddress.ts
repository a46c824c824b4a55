import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** Whoever may write `externalIPs` may catch the traffic of any address (CVE-2020-8554). */
export const rule = defineRule({
  id: 'network/external-address',
  severity: 'warning',
  profile: 'strict',
  types: ['Service'],
  equivalents: [
    'trivy:KSV-0108',
    'gatekeeper:externalip',
    'kyverno:restrict-external-ips',
    'kyverno:no-localhost-service',
  ],
  *check(resource) {
    const { root } = resource;
    const addresses = root.find('spec', 'externalIPs');
    if (addresses && addresses.items.length > 0) {
      yield {
        at: addresses.keyPlace,
        message: `${describe(resource)} takes what the nodes receive for ${addresses.items.map((item) => item.text() ?? 'an address').join(', ')}.`,
      };
    }
    const host = root.find('spec', 'externalName');
    if (host?.text() === 'localhost' || host?.text()?.startsWith('127.')) {
      yield { at: host, message: `${describe(resource)} stands for ${host.text()}, which is whoever asks.` };
    }
  },
});
