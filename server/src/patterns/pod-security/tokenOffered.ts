import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

const OF_ANY = [
  'kubescape:automount-service-account',
  'kubescape:serviceaccount-token-mount',
  'kyverno:restrict-sa-automount-sa-token',
];
const OF_DEFAULT = [
  'kubescape:automount-default-service-account',
  'kics:default_service_account_in_use',
  'checkov:CKV_K8S_42',
];

/** An account without rights that refuses no pod its token leaves the refusal to each of them. */
export const rule = defineRule({
  id: 'pod-security/token-offered',
  severity: 'information',
  profile: 'strict',
  types: ['ServiceAccount'],
  equivalents: [...OF_ANY, ...OF_DEFAULT],
  *check(resource, graph) {
    const { root } = resource;
    const setting = root.find('automountServiceAccountToken');
    const at = setting ?? root.find('metadata', 'name');
    if (!at || (setting ? setting.boolean() !== true : !root.lacks('automountServiceAccountToken'))) return;
    // An account that roles are granted to is there for calling the API server.
    if (graph.edgesTo(resource, 'granted-to').length > 0) return;
    yield {
      at,
      message: `${describe(resource)} has no rights here and gives its token to every pod that does not refuse it.`,
      equivalents: resource.name === 'default' ? [...OF_ANY, ...OF_DEFAULT] : OF_ANY,
      fixes: [
        {
          title: 'Offer no token',
          safe: false,
          edits: () => setValue(root, ['automountServiceAccountToken'], false),
        },
      ],
    };
  },
});
