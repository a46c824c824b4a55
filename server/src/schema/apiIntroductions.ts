/** Since which minor of Kubernetes 1 a version is served; versions that are older than any cluster of today are left out. */
const ROWS: readonly (readonly [apiVersion: string, kinds: string, since: number])[] = [
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding', 30],
  ['authentication.k8s.io/v1', 'SelfSubjectReview', 28],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', 23],
  ['batch/v1', 'CronJob', 21],
  ['certificates.k8s.io/v1', 'CertificateSigningRequest', 19],
  ['discovery.k8s.io/v1', 'EndpointSlice', 21],
  ['events.k8s.io/v1', 'Event', 19],
  ['flowcontrol.apiserver.k8s.io/v1', 'FlowSchema PriorityLevelConfiguration', 29],
  ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema PriorityLevelConfiguration', 26],
  ['networking.k8s.io/v1', 'Ingress IngressClass', 19],
  ['networking.k8s.io/v1', 'IPAddress ServiceCIDR', 33],
  ['node.k8s.io/v1', 'RuntimeClass', 20],
  ['policy/v1', 'PodDisruptionBudget', 21],
  ['resource.k8s.io/v1', 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice', 34],
  ['storage.k8s.io/v1', 'CSIDriver', 18],
  ['storage.k8s.io/v1', 'CSIStorageCapacity', 24],
  ['storage.k8s.io/v1', 'VolumeAttributesClass', 34],
];

const SINCE: ReadonlyMap<string, number> = new Map(
  ROWS.flatMap(([apiVersion, kinds, since]) =>
    kinds.split(' ').map((kind): [string, number] => [`${apiVersion} ${kind}`, since]),
  ),
);

/** The first minor of Kubernetes 1 that serves this version of a built-in kind; undefined when it is not known. */
export function servedSince(apiVersion: string, kind: string): number | undefined {
  return SINCE.get(`${apiVersion} ${kind}`);
}
