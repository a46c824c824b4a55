import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** An empty policy reads as if nothing were written, and as the first of the modes: REGISTRY_ONLY. */
export const rule = defineRule({
  id: 'service-mesh/outbound-policy-without-mode',
  severity: 'warning',
  profile: 'recommended',
  types: ['networking.istio.io/Sidecar'],
  equivalents: ['kiali:KIA1007'],
  *check(sidecar) {
    const policy = sidecar.root.find('spec', 'outboundTrafficPolicy');
    if (policy?.kind !== 'map' || !policy.lacks('mode') || policy.find('egressProxy')) return;
    yield {
      at: policy.keyPlace,
      message: `${describe(sidecar)} does not say whether calls to hosts that the mesh does not know may leave: outboundTrafficPolicy has no mode.`,
      fixes: ['REGISTRY_ONLY', 'ALLOW_ANY'].map((mode) => ({
        title: `Use ${mode}`,
        safe: false,
        edits: () => setValue(policy, ['mode'], mode),
      })),
    };
  },
});
