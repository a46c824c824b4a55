/** When a version of a built-in kind was or will be no longer served. Versions are minors of Kubernetes 1. */
export interface ApiLifecycle {
  readonly deprecatedIn: number;
  /** Undefined: deprecated, with no plan to stop serving it. */
  readonly removedIn?: number;
  /** The apiVersion to use instead; undefined when the kind is gone for good. */
  readonly successor?: string;
  /** The successor has other fields or defaults, so that changing apiVersion alone may change what the object does. */
  readonly changed?: true;
  /** What replaces it, where that is not the same kind. */
  readonly instead?: string;
}

type Row = readonly [apiVersion: string, kinds: string, lifecycle: ApiLifecycle];

/** From the deprecation guide of Kubernetes and the lifecycle marks in its API packages, up to Kubernetes 1.36. */
const ROWS: readonly Row[] = [
  ['extensions/v1beta1', 'DaemonSet Deployment ReplicaSet', until(8, 16, 'apps/v1', true)],
  ['extensions/v1beta1', 'NetworkPolicy', until(9, 16, 'networking.k8s.io/v1')],
  ['extensions/v1beta1', 'Ingress', until(14, 22, 'networking.k8s.io/v1', true)],
  ['extensions/v1beta1', 'PodSecurityPolicy', gone(11, 16, 'Pod Security Admission')],
  ['apps/v1beta1', 'Deployment', until(8, 16, 'apps/v1', true)],
  ['apps/v1beta1', 'ControllerRevision StatefulSet', until(8, 16, 'apps/v1', true)],
  ['apps/v1beta2', 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet', until(9, 16, 'apps/v1')],
  [
    'admissionregistration.k8s.io/v1beta1',
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    until(16, 22, 'admissionregistration.k8s.io/v1', true),
  ],
  [
    'admissionregistration.k8s.io/v1alpha1',
    'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
    until(29, 32, 'admissionregistration.k8s.io/v1'),
  ],
  [
    'admissionregistration.k8s.io/v1beta1',
    'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
    until(31, 34, 'admissionregistration.k8s.io/v1'),
  ],
  [
    'admissionregistration.k8s.io/v1alpha1',
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding',
    until(35, 38, 'admissionregistration.k8s.io/v1'),
  ],
  [
    'admissionregistration.k8s.io/v1beta1',
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding',
    until(37, 40, 'admissionregistration.k8s.io/v1'),
  ],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', until(16, 22, 'apiextensions.k8s.io/v1', true)],
  ['apiregistration.k8s.io/v1beta1', 'APIService', until(19, 22, 'apiregistration.k8s.io/v1')],
  ['authentication.k8s.io/v1beta1', 'TokenReview', until(19, 22, 'authentication.k8s.io/v1')],
  ['authentication.k8s.io/v1beta1', 'SelfSubjectReview', until(30, 33, 'authentication.k8s.io/v1')],
  [
    'authorization.k8s.io/v1beta1',
    'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
    until(19, 22, 'authorization.k8s.io/v1', true),
  ],
  ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', until(22, 25, 'autoscaling/v2', true)],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', until(23, 26, 'autoscaling/v2')],
  ['batch/v1beta1', 'CronJob', until(21, 25, 'batch/v1')],
  ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest', until(19, 22, 'certificates.k8s.io/v1', true)],
  ['coordination.k8s.io/v1beta1', 'Lease', until(19, 22, 'coordination.k8s.io/v1')],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', until(21, 25, 'discovery.k8s.io/v1', true)],
  ['events.k8s.io/v1beta1', 'Event', until(22, 25, 'events.k8s.io/v1', true)],
  [
    'flowcontrol.apiserver.k8s.io/v1beta1',
    'FlowSchema PriorityLevelConfiguration',
    until(23, 26, 'flowcontrol.apiserver.k8s.io/v1', true),
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1beta2',
    'FlowSchema PriorityLevelConfiguration',
    until(26, 29, 'flowcontrol.apiserver.k8s.io/v1', true),
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1beta3',
    'FlowSchema PriorityLevelConfiguration',
    until(29, 32, 'flowcontrol.apiserver.k8s.io/v1', true),
  ],
  ['networking.k8s.io/v1beta1', 'Ingress', until(19, 22, 'networking.k8s.io/v1', true)],
  ['networking.k8s.io/v1beta1', 'IngressClass', until(19, 22, 'networking.k8s.io/v1')],
  ['networking.k8s.io/v1beta1', 'IPAddress ServiceCIDR', until(34, 37, 'networking.k8s.io/v1')],
  ['node.k8s.io/v1beta1', 'RuntimeClass', until(22, 25, 'node.k8s.io/v1')],
  // An empty selector selects no pods in v1beta1, and all pods of the namespace in v1.
  ['policy/v1beta1', 'PodDisruptionBudget', until(21, 25, 'policy/v1', true)],
  ['policy/v1beta1', 'PodSecurityPolicy', gone(21, 25, 'Pod Security Admission')],
  [
    'rbac.authorization.k8s.io/v1beta1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    until(17, 22, 'rbac.authorization.k8s.io/v1'),
  ],
  [
    'resource.k8s.io/v1beta1',
    'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
    until(35, 38, 'resource.k8s.io/v1', true),
  ],
  [
    'resource.k8s.io/v1beta2',
    'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
    until(36, 39, 'resource.k8s.io/v1'),
  ],
  ['scheduling.k8s.io/v1beta1', 'PriorityClass', until(14, 22, 'scheduling.k8s.io/v1')],
  ['storage.k8s.io/v1beta1', 'CSIDriver StorageClass VolumeAttachment', until(19, 22, 'storage.k8s.io/v1')],
  ['storage.k8s.io/v1beta1', 'CSINode', until(17, 22, 'storage.k8s.io/v1')],
  ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', until(24, 27, 'storage.k8s.io/v1')],
  ['storage.k8s.io/v1alpha1', 'VolumeAttributesClass', until(32, 35, 'storage.k8s.io/v1')],
  ['storage.k8s.io/v1beta1', 'VolumeAttributesClass', until(34, 37, 'storage.k8s.io/v1')],
  ['v1', 'Endpoints', { deprecatedIn: 33, instead: 'EndpointSlice of discovery.k8s.io/v1' }],
  ['v1', 'ComponentStatus', { deprecatedIn: 19, instead: 'the health endpoints of the API server' }],
];

function until(deprecatedIn: number, removedIn: number, successor: string, changed?: true): ApiLifecycle {
  return { deprecatedIn, removedIn, successor, ...(changed && { changed }) };
}

function gone(deprecatedIn: number, removedIn: number, instead: string): ApiLifecycle {
  return { deprecatedIn, removedIn, instead };
}

const LIFECYCLES: ReadonlyMap<string, ApiLifecycle> = new Map(
  ROWS.flatMap(([apiVersion, kinds, lifecycle]) =>
    kinds.split(' ').map((kind): [string, ApiLifecycle] => [`${apiVersion} ${kind}`, lifecycle]),
  ),
);

/** The newest Kubernetes that the table and the bundle speak of. */
export const NEWEST_KUBERNETES_MINOR = 36;

/** When this version of a built-in kind ends; undefined when no end is known. */
export function apiLifecycle(apiVersion: string, kind: string): ApiLifecycle | undefined {
  return LIFECYCLES.get(`${apiVersion} ${kind}`);
}
