import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** A pod that never calls the API server holds a key to it all the same. */
export const rule = defineRule({
  id: 'pod-security/token-mounted',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'polaris:automountServiceAccountToken',
    'checkov:CKV_K8S_38',
    'trivy:KSV-0036',
    'kics:service_account_token_automount_not_disabled',
    'gatekeeper:automount-serviceaccount-token',
    'kyverno:restrict-automount-sa-token',
    'kubescape:automount-service-account',
    'kubescape:serviceaccount-token-mount',
    'popeye:301',
    'popeye:303',
    'kubescape:access-container-service-account-v1',
  ],
  *check(resource, graph) {
    const workload = workloadOf(resource)!;
    const { podSpec } = workload;
    if (!podSpec) return;
    const own = podSpec.find('automountServiceAccountToken');
    if (own ? own.boolean() !== true : !podSpec.lacks('automountServiceAccountToken')) return;
    const [reference] = graph.edgesFrom(resource, 'runs-as');
    const account = reference?.target.status === 'found' ? reference.target.resource : undefined;
    // An account that roles are granted to is there for calling the API server.
    if (account && graph.edgesTo(account, 'granted-to').length > 0) return;
    if (!own && account && !account.root.lacks('automountServiceAccountToken')) {
      if (account.root.boolean('automountServiceAccountToken') !== true) return;
    }
    yield {
      at: own ?? podSpec.keyPlace,
      message: `A token for the API server is mounted into ${describe(resource)}, whose account has no rights here.`,
      ...leniency(workload),
      fixes: [
        {
          title: 'Do not mount the token',
          safe: false,
          edits: () => setValue(podSpec, ['automountServiceAccountToken'], false),
        },
      ],
    };
  },
});
