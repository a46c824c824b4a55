import { defineRule } from '../../rules/contract.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** Built-in kinds that belong to a namespace and that people write. */
const NAMESPACED = [
  ...WORKLOAD_TYPES,
  'ConfigMap',
  'Endpoints',
  'LimitRange',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'Secret',
  'Service',
  'ServiceAccount',
  'autoscaling/HorizontalPodAutoscaler',
  'networking.k8s.io/Ingress',
  'networking.k8s.io/NetworkPolicy',
  'policy/PodDisruptionBudget',
  'rbac.authorization.k8s.io/Role',
  'rbac.authorization.k8s.io/RoleBinding',
];

/** In `default` the objects of everyone meet, and rights, quotas and policies hold for all of them at once. */
export const rule = defineRule({
  id: 'naming/default-namespace',
  severity: 'information',
  profile: 'strict',
  types: NAMESPACED,
  equivalents: [
    'kube-linter:use-namespace',
    'checkov:CKV_K8S_21',
    'trivy:KSV-0110',
    'trivy:KSV-0037',
    'kics:using_unrecommended_namespace',
    'kics:ensure_administrative_boundaries_between_resources',
    'kics:using_default_namespace',
    'kyverno:disallow-default-namespace',
    'kubescape:pods-in-default-namespace',
    'kubescape:service-in-default-namespace',
    'kubescape:configmap-in-default-namespace',
    'kubescape:ingress-in-default-namespace',
    'kubescape:role-in-default-namespace',
    'kubescape:rolebinding-in-default-namespace',
    'kubescape:serviceaccount-in-default-namespace',
    'kubescape:resources-secret-in-default-namespace',
    'kubescape:persistentvolumeclaim-in-default-namespace',
    'kubescape:poddisruptionbudget-in-default-namespace',
    'kubescape:horizontalpodautoscaler-in-default-namespace',
    'kubescape:endpoints-in-default-namespace',
  ],
  *check(resource, graph) {
    const { root } = resource;
    const namespace = root.find('metadata', 'namespace');
    const name = root.find('metadata', 'name');
    // Charts and overlays get their namespace when they are deployed.
    const isLeftOut = root.lacks('metadata', 'namespace') && graph.setOf(resource).startsWith('plain:');
    const isSystem = namespace?.text() === 'kube-system' || namespace?.text() === 'kube-public';
    if (namespace?.text() === 'default' || isSystem) {
      yield {
        at: namespace!,
        message: isSystem
          ? `${describe(resource)} stands among the parts of the cluster in ${namespace!.text()}.`
          : `${describe(resource)} is in the namespace that everyone shares.`,
      };
    } else if (isLeftOut && resource.namespace === undefined && name) {
      yield {
        at: name,
        message: `${describe(resource)} names no namespace, so it goes into default unless the deployment says otherwise.`,
      };
    }
  },
});
