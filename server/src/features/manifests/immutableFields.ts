import type { ResourceType } from '../../workspace/resource.ts';

/** Fields that the API server does not let anybody change, from the object's root; everything below them counts. */
const FIELDS: Readonly<Record<ResourceType, RegExp>> = {
  'apps/Deployment': /^spec\.selector\b/,
  'apps/ReplicaSet': /^spec\.selector\b/,
  'apps/DaemonSet': /^spec\.selector\b/,
  'apps/StatefulSet': /^spec\.(?:selector|serviceName|podManagementPolicy|volumeClaimTemplates)\b/,
  'batch/Job': /^spec\.(?:selector|template|completionMode)\b/,
  Service: /^spec\.(?:clusterIPs?|healthCheckNodePort)\b/,
  PersistentVolumeClaim:
    /^spec\.(?:accessModes|selector|storageClassName|volumeMode|volumeName|dataSource|dataSourceRef)\b/,
  PersistentVolume: /^spec\.(?:volumeMode|csi|nfs|hostPath|local|awsElasticBlockStore|gcePersistentDisk|iscsi)\b/,
  'storage.k8s.io/StorageClass': /^(?:provisioner|parameters|reclaimPolicy|volumeBindingMode)\b/,
  'scheduling.k8s.io/PriorityClass': /^(?:value|preemptionPolicy)\b/,
  'rbac.authorization.k8s.io/RoleBinding': /^roleRef\b/,
  'rbac.authorization.k8s.io/ClusterRoleBinding': /^roleRef\b/,
  'networking.k8s.io/IngressClass': /^spec\.controller\b/,
  'gateway.networking.k8s.io/GatewayClass': /^spec\.controllerName\b/,
  'node.k8s.io/RuntimeClass': /^handler\b/,
  'apiextensions.k8s.io/CustomResourceDefinition': /^spec\.(?:group|scope|names\.(?:plural|kind))\b/,
  Secret: /^type\b/,
};

/** Whether a field (path with `[]` for indexes) can only be given when the object is created. */
export function isImmutable(type: ResourceType, path: string): boolean {
  return /^(?:metadata\.(?:name|namespace)|kind|apiVersion)$/.test(path) || (FIELDS[type]?.test(path) ?? false);
}
