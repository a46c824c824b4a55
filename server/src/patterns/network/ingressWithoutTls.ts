import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { hasCloudCertificate, INGRESS } from './ingresses.ts';

/** Without TLS everyone on the way reads and changes what users send. */
export const rule = defineRule({
  id: 'network/ingress-without-tls',
  severity: 'warning',
  profile: 'strict',
  types: [INGRESS],
  equivalents: [
    'polaris:tlsSettingsMissing',
    'gatekeeper:httpsonly',
    'kyverno:require-ingress-https',
    'kubescape:ingress-no-tls',
    'kubescape:encrypt-traffic-to-https-load-balancers-with-tls-certificates',
    'kubescape:ensure-https-loadbalancers-encrypted-with-tls-aws',
  ],
  *check(resource) {
    const spec = resource.root.find('spec');
    const tls = spec?.find('tls');
    if (spec?.kind !== 'map' || hasCloudCertificate(resource)) return;
    if (tls ? tls.open || tls.items.length > 0 || tls.kind === 'unknown' : !spec.lacks('tls')) return;
    yield { at: tls ?? spec.keyPlace, message: `${describe(resource)} serves its hosts without TLS.` };
  },
});
