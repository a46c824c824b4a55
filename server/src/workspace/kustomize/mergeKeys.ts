/** The lists of pods that merge by key, wherever a kind holds a pod. */
const POD_LISTS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  schedulingGates: ['name'],
  resourceClaims: ['name'],
};

const CONTAINER_LISTS: Readonly<Record<string, readonly string[]>> = {
  ports: ['containerPort', 'protocol'],
  env: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
};

const CONTAINERS = new Set(['containers', 'initContainers', 'ephemeralContainers']);

/** Where a kind holds its pod. */
const POD_PATHS: Readonly<Record<string, string>> = {
  'v1 Pod': 'spec',
  'v1 PodTemplate': 'template.spec',
  'v1 ReplicationController': 'spec.template.spec',
  'apps/v1 DaemonSet': 'spec.template.spec',
  'apps/v1 Deployment': 'spec.template.spec',
  'apps/v1 ReplicaSet': 'spec.template.spec',
  'apps/v1 StatefulSet': 'spec.template.spec',
  'batch/v1 Job': 'spec.template.spec',
  'batch/v1 CronJob': 'spec.jobTemplate.spec.template.spec',
};

/** Other lists of Kubernetes' own kinds that merge by key. */
const OTHER_LISTS: Readonly<Record<string, readonly string[]>> = {
  'v1 Service spec.ports': ['port', 'protocol'],
  'v1 ServiceAccount secrets': ['name'],
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration webhooks': ['name'],
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration webhooks.matchConditions': ['name'],
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration webhooks': ['name'],
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration webhooks.matchConditions': ['name'],
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy spec.matchConditions': ['name'],
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy spec.variables': ['name'],
  'storage.k8s.io/v1 CSINode spec.drivers': ['name'],
};

/** Groups of Kubernetes itself: lists of other kinds have no keys that Kustomize knows. */
const OWN_GROUP = /^(?:v1 |(?:apps|batch|autoscaling|policy)\/|(?!gateway\.)[a-z.]*\.k8s\.io\/)/;

/** Whether a kind, as in `apps/v1 Deployment`, is one of Kubernetes itself. */
export function isOwnType(type: string): boolean {
  return OWN_GROUP.test(type);
}

/**
 * How a strategic merge joins a list: by the values of these keys, as a set of scalars (an empty list of keys), or not
 * at all (undefined), so that the patch's list takes the place of the other.
 *
 * @param type apiVersion and kind, as in `apps/v1 Deployment`
 * @param path keys from the object's root, without indexes
 */
export function mergeKeys(type: string, path: readonly string[]): readonly string[] | undefined {
  const name = path.at(-1) ?? '';
  const written = path.join('.');
  if (isOwnType(type)) {
    if (written === 'metadata.finalizers') return [];
    if (written === 'metadata.ownerReferences') return ['uid'];
  }
  const pod = POD_PATHS[type];
  if (pod !== undefined && path.slice(0, pod.split('.').length).join('.') === pod) {
    const inPod = path.slice(pod.split('.').length);
    if (inPod.length === 1) return POD_LISTS[name];
    if (inPod.length === 2 && CONTAINERS.has(inPod[0]!)) return CONTAINER_LISTS[name];
  }
  return OTHER_LISTS[`${type} ${written}`];
}
