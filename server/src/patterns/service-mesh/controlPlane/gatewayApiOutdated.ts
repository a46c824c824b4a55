import { lt, parse } from 'semver';
import { defineRule } from '../../../rules/contract.ts';

const VERSION = 'gateway.networking.k8s.io/bundle-version';

/** The oldest bundle of the Gateway API whose definitions current versions of Istio read. */
const OLDEST = '1.0.0';
/** Kinds that were promoted later, and that are read from that version on. */
const PROMOTED: Readonly<Record<string, string>> = {
  'grpcroutes.gateway.networking.k8s.io': '1.1.0',
  'backendtlspolicies.gateway.networking.k8s.io': '1.4.0',
  'tlsroutes.gateway.networking.k8s.io': '1.5.0',
};

/** Definitions that are too old are passed over without a word, and with them every object of their kind. */
export const rule = defineRule({
  id: 'service-mesh/gateway-api-outdated',
  severity: 'warning',
  profile: 'recommended',
  types: ['apiextensions.k8s.io/CustomResourceDefinition'],
  equivalents: ['istioctl:IST0156', 'istioctl:IST0172', 'istioctl:IST0176'],
  *check({ root, name }) {
    if (!name?.endsWith('.gateway.networking.k8s.io')) return;
    const at = root.find('metadata', 'annotations', VERSION);
    const version = parse(at?.text());
    if (!at || !version) return;
    const release = `${version.major}.${version.minor}.${version.patch}`;
    const wanted = PROMOTED[name] ?? OLDEST;
    if (!lt(release, wanted)) return;
    yield {
      at,
      message: `Istio passes over ${name} of the Gateway API ${at.text()}: it reads version ${wanted} and later.`,
      // An older Istio may be in use with it.
      ...(lt(release, OLDEST) ? {} : { strict: true }),
    };
  },
});
