import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** Rights that one workload gets would go to every pod of the namespace that names no account. */
export const rule = defineRule({
  id: 'pod-security/default-service-account',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:default-service-account',
    'checkov:CKV_K8S_41',
    'kics:service_account_name_undefined_or_empty',
    'kics:shared_service_account',
    'kics:default_service_account_in_use',
    'kyverno:check-sa',
    'kyverno:restrict-service-account',
    'popeye:300',
    'popeye:308',
    'kubescape:namespace-without-service-account',
  ],
  *check(resource) {
    const { podSpec } = workloadOf(resource)!;
    if (!podSpec) return;
    const name = podSpec.find('serviceAccountName') ?? podSpec.find('serviceAccount');
    const isAbsent = podSpec.lacks('serviceAccountName') && podSpec.lacks('serviceAccount');
    if (!isAbsent && name?.text() !== 'default' && name?.text() !== '') return;
    yield {
      at: isAbsent ? podSpec.keyPlace : name!,
      message: `${describe(resource)} runs as the default service account, which it shares with every other pod that names none.`,
    };
  },
});
