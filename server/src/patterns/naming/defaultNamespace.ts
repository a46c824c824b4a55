import { defineRule } from '../../rules/contract.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describe, type ResourceType } from '../../workspace/resource.ts';

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

const OF_BOTH = ['kics:using_unrecommended_namespace', 'kics:ensure_administrative_boundaries_between_resources'];
const OF_SYSTEM = ['trivy:KSV-0037'];
const OF_DEFAULT = [
  'kube-linter:use-namespace',
  'checkov:CKV_K8S_21',
  'trivy:KSV-0110',
  'kics:using_default_namespace',
  'kyverno:disallow-default-namespace',
];
/** One tool has a name for each kind, and one for everything that runs pods. */
const OF_KINDS: Readonly<Record<ResourceType, string>> = {
  Pod: 'kubescape:pods-in-default-namespace',
  Service: 'kubescape:service-in-default-namespace',
  ConfigMap: 'kubescape:configmap-in-default-namespace',
  'networking.k8s.io/Ingress': 'kubescape:ingress-in-default-namespace',
  'rbac.authorization.k8s.io/Role': 'kubescape:role-in-default-namespace',
  'rbac.authorization.k8s.io/RoleBinding': 'kubescape:rolebinding-in-default-namespace',
  ServiceAccount: 'kubescape:serviceaccount-in-default-namespace',
  Secret: 'kubescape:resources-secret-in-default-namespace',
  PersistentVolumeClaim: 'kubescape:persistentvolumeclaim-in-default-namespace',
  'policy/PodDisruptionBudget': 'kubescape:poddisruptionbudget-in-default-namespace',
  'autoscaling/HorizontalPodAutoscaler': 'kubescape:horizontalpodautoscaler-in-default-namespace',
  Endpoints: 'kubescape:endpoints-in-default-namespace',
};

/** In `default` the objects of everyone meet, and rights, quotas and policies hold for all of them at once. */
export const rule = defineRule({
  id: 'naming/default-namespace',
  severity: 'information',
  profile: 'strict',
  types: NAMESPACED,
  equivalents: [...OF_BOTH, ...OF_DEFAULT, ...OF_SYSTEM, ...Object.values(OF_KINDS)],
  *check(resource, graph) {
    const { root } = resource;
    const namespace = root.find('metadata', 'namespace');
    const name = root.find('metadata', 'name');
    // Charts and overlays get their namespace when they are deployed.
    const isLeftOut = root.lacks('metadata', 'namespace') && graph.setOf(resource).startsWith('plain:');
    const isSystem = namespace?.text() === 'kube-system' || namespace?.text() === 'kube-public';
    const ofKind = OF_KINDS[WORKLOAD_TYPES.includes(resource.type) ? 'Pod' : resource.type];
    const ofDefault = [...OF_BOTH, ...OF_DEFAULT, ...(ofKind === undefined ? [] : [ofKind])];
    if (namespace?.text() === 'default' || isSystem) {
      yield {
        at: namespace!,
        message: isSystem
          ? `${describe(resource)} stands among the parts of the cluster in ${namespace!.text()}.`
          : `${describe(resource)} is in the namespace that everyone shares.`,
        equivalents: isSystem ? [...OF_BOTH, ...OF_SYSTEM] : ofDefault,
      };
    } else if (isLeftOut && resource.namespace === undefined && name) {
      yield {
        at: name,
        message: `${describe(resource)} names no namespace, so it goes into default unless the deployment says otherwise.`,
        equivalents: ofDefault,
      };
    }
  },
});
