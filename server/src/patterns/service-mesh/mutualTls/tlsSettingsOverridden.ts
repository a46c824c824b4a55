import { defineRule } from '../../../rules/contract.ts';
import { DESTINATION_RULE } from '../../../workspace/istio/destinationRules.ts';
import { isExportedTo } from '../../../workspace/istio/exports.ts';
import { fullHost, matchesHost } from '../../../workspace/istio/hosts.ts';
import { describe, describeOther } from '../../../workspace/resource.ts';
import { hostScope } from './hostScope.ts';

/** Of two DestinationRules the more special one counts, whole: it inherits nothing from the wider one. */
export const rule = defineRule({
  id: 'service-mesh/tls-settings-overridden',
  severity: 'information',
  // Where mutual TLS is automatic, the pods are still called by it.
  profile: 'strict',
  types: [DESTINATION_RULE],
  equivalents: ['kiali:KIA0204'],
  *check(resource, graph) {
    const { root } = resource;
    const policy = root.find('spec', 'trafficPolicy');
    const host = root.text('spec', 'host');
    if (!policy || host === undefined || !policy.lacks('tls')) return;
    for (const wider of graph.near(resource, DESTINATION_RULE)) {
      const widerHost = wider.root.text('spec', 'host');
      const mode = wider.root.find('spec', 'trafficPolicy', 'tls', 'mode');
      if (wider === resource || !mode?.text() || widerHost === undefined || !hostScope(widerHost)) continue;
      if (widerHost === host || !matchesHost(widerHost, fullHost(host, resource))) continue;
      if (isExportedTo(wider, resource.namespace) !== true) continue;
      yield {
        at: policy.keyPlace,
        message: `${describe(resource)} has no tls settings, and takes those of ${describeOther(wider)} (${mode.text()}) from ${host}.`,
        related: [{ at: mode, message: `The settings for ${widerHost}.` }],
      };
    }
  },
});
