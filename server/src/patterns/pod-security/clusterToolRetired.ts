import { parseImageReference } from '../../languages/imageReference.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import { describe } from '../../workspace/resource.ts';

/** Tools that give whoever reaches them the rights of their own account over the cluster. */
const OF_TILLER = [
  'checkov:CKV_K8S_34',
  'checkov:CKV_K8S_45',
  'trivy:KSV-0102',
  'kics:tiller_is_deployed',
  'kics:tiller_deployment_is_accessible_from_within_the_cluster',
  'kyverno:disallow-helm-tiller',
];
const OF_TILLER_SERVICE = ['checkov:CKV_K8S_44', 'kics:tiller_service_is_not_deleted'];
const OF_DASHBOARD = [
  'checkov:CKV_K8S_33',
  'kics:dashboard_is_enabled',
  'kubescape:rule-access-dashboard-wl-v1',
  'kubescape:rule-access-dashboard-subject-v1',
];
const TOOLS: readonly (readonly [RegExp, string, readonly string[]])[] = [
  [
    /(?:^|\/)tiller$/,
    'Tiller, the server of Helm 2, gives everyone in the cluster its own rights and is no longer supported',
    OF_TILLER,
  ],
  [
    /(?:^|\/)(?:kubernetes-dashboard(?:-[a-z0-9]+)?|kubernetesui\/dashboard(?:-[a-z]+)?)$/,
    'The Kubernetes dashboard gives its visitors its own rights and is no longer maintained',
    OF_DASHBOARD,
  ],
];

/** Tools of the past that open the cluster to whoever reaches them. */
export const rule = defineRule({
  id: 'pod-security/cluster-tool-retired',
  severity: 'warning',
  profile: 'recommended',
  types: [...POD_OWNERS, 'Service'],
  equivalents: [...OF_TILLER, ...OF_TILLER_SERVICE, ...OF_DASHBOARD],
  *check(resource) {
    const label = resource.root.find('spec', 'selector', 'name');
    const name = resource.root.find('metadata', 'name');
    if (resource.type === 'Service' && name && (resource.name === 'tiller-deploy' || label?.text() === 'tiller')) {
      yield {
        at: name,
        message: `${describe(resource)} opens Tiller, the server of Helm 2, to everyone in the cluster.`,
        equivalents: OF_TILLER_SERVICE,
      };
    }
    for (const entry of allContainersOf(resource)) {
      const image = entry.container.find('image');
      const repository = parseImageReference(image?.text() ?? '')?.repository;
      const tool = TOOLS.find(([pattern]) => pattern.test(repository ?? ''));
      if (!image || !tool) continue;
      yield { at: image, message: `${tool[1]}: ${containerName(entry)}.`, equivalents: tool[2] };
    }
  },
});
