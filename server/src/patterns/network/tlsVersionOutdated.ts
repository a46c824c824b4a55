import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** TLS 1.0 and 1.1 are broken; browsers refuse them. */
export const rule = defineRule({
  id: 'network/tls-version-outdated',
  severity: 'warning',
  profile: 'recommended',
  types: ['traefik.io/TLSOption', 'traefik.containo.us/TLSOption'],
  equivalents: ['kyverno:enforce-min-tls-version', 'kyverno:disallow-default-tlsoptions'],
  *check(resource) {
    const { root, namespace } = resource;
    const version = root.find('spec', 'minVersion');
    const written = version?.text();
    if (version && (written === 'VersionTLS10' || written === 'VersionTLS11' || written === 'VersionSSL30')) {
      yield {
        at: version,
        message: `${describe(resource)} still accepts ${written.replace(/^Version(TLS|SSL)(\d)/, '$1 $2.')}, which is broken.`,
        fixes: [{ title: 'Demand TLS 1.2', safe: false, edits: () => [replaceValue(version, 'VersionTLS12')] }],
      };
    }
    const own = root.find('metadata', 'name');
    if (own?.text() === 'default') {
      yield {
        at: own,
        message: `The TLSOption named default${namespace ? ` of namespace ${namespace}` : ''} changes TLS for every router of the cluster.`,
        strict: true,
        severity: 'information',
      };
    }
  },
});
