import { parseImageReference } from '../../languages/imageReference.ts';
import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';

/** Tools that give whoever reaches them the rights of their own account over the cluster. */
const TOOLS: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|\/)tiller$/,
    'Tiller, the server of Helm 2, gives everyone in the cluster its own rights and is no longer supported',
  ],
  [
    /(?:^|\/)(?:kubernetes-dashboard(?:-[a-z0-9]+)?|kubernetesui\/dashboard(?:-[a-z]+)?)$/,
    'The Kubernetes dashboard gives its visitors its own rights and is no longer maintained',
  ],
];

/** Tools of the past that open the cluster to whoever reaches them. */
export const rule = defineRule({
  id: 'pod-security/cluster-tool-retired',
  severity: 'warning',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: [
    'checkov:CKV_K8S_33',
    'checkov:CKV_K8S_34',
    'checkov:CKV_K8S_44',
    'checkov:CKV_K8S_45',
    'trivy:KSV-0102',
    'kics:tiller_is_deployed',
    'kics:tiller_deployment_is_accessible_from_within_the_cluster',
    'kics:tiller_service_is_not_deleted',
    'kics:dashboard_is_enabled',
    'kyverno:disallow-helm-tiller',
    'kubescape:rule-access-dashboard-wl-v1',
    'kubescape:rule-access-dashboard-subject-v1',
  ],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const image = entry.container.find('image');
      const repository = parseImageReference(image?.text() ?? '')?.repository;
      const tool = TOOLS.find(([pattern]) => pattern.test(repository ?? ''));
      if (!image || !tool) continue;
      yield { at: image, message: `${tool[1]}: ${containerName(entry)}.` };
    }
  },
});
