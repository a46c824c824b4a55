import { defineRule } from '../../rules/contract.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { describe } from '../../workspace/resource.ts';

/** Secrets belong into a store, which gives them out and takes them back: `policies.secrets` of slipway.yaml. */
export const rule = defineRule({
  id: 'pod-security/secret-in-manifest',
  severity: 'warning',
  profile: 'recommended',
  types: ['Secret'],
  equivalents: [
    'kics:using_kubernetes_native_secret_management',
    'kubescape:ensure-external-secrets-storage-is-in-use',
  ],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'secrets');
    if (demand?.policy.requireExternalStore !== true) return;
    const { root } = resource;
    // A token of a service account is filled in by the cluster.
    if (root.text('type') === 'kubernetes.io/service-account-token') return;
    const values = [root.find('data'), root.find('stringData')].find((map) => map && map.entries.length > 0);
    if (!values) return;
    yield {
      at: values.keyPlace,
      message: `${describe(resource)} holds its values in the manifest and not in an external store.`,
      ...demand.because('requireExternalStore'),
    };
  },
});
