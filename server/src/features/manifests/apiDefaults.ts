import type { ResourceType } from '../../workspace/resource.ts';

/** What the API server or controller takes where a field is not written, by kind and by the path's end. */
type Defaults = Readonly<Record<string, string>>;

const PROBE: Defaults = {
  initialDelaySeconds: '0',
  periodSeconds: '10',
  timeoutSeconds: '1',
  successThreshold: '1',
  failureThreshold: '3',
};

/** Fields of every pod, relative to its `spec`. */
const POD: Defaults = {
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  terminationGracePeriodSeconds: '30',
  schedulerName: 'default-scheduler',
  serviceAccountName: 'default',
  automountServiceAccountToken: 'true, unless the ServiceAccount says otherwise',
  enableServiceLinks: 'true',
  hostNetwork: 'false',
  hostPID: 'false',
  hostIPC: 'false',
  shareProcessNamespace: 'false',
  preemptionPolicy: 'PreemptLowerPriority',
  'volumes[].configMap.defaultMode': '0644',
  'volumes[].secret.defaultMode': '0644',
  'volumes[].projected.defaultMode': '0644',
  'volumes[].configMap.optional': 'false',
  'volumes[].secret.optional': 'false',
  'topologySpreadConstraints[].whenUnsatisfiable': 'DoNotSchedule',
  'tolerations[].operator': 'Equal',
};

const CONTAINER: Defaults = {
  imagePullPolicy: 'Always for the tag latest or none, else IfNotPresent',
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  stdin: 'false',
  tty: 'false',
  'ports[].protocol': 'TCP',
  'volumeMounts[].readOnly': 'false',
  'volumeMounts[].subPath': 'the root of the volume',
  'securityContext.privileged': 'false',
  'securityContext.allowPrivilegeEscalation': 'true',
  'securityContext.readOnlyRootFilesystem': 'false',
  'securityContext.runAsNonRoot': 'false',
  'securityContext.procMount': 'Default',
  ...Object.fromEntries(
    ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) => [
      ...Object.entries(PROBE).map(([field, value]) => [`${probe}.${field}`, value]),
      [`${probe}.httpGet.scheme`, 'HTTP'],
      [`${probe}.httpGet.path`, '/'],
      [`${probe}.httpGet.host`, "the pod's address"],
    ]),
  ),
};

const JOB: Defaults = {
  parallelism: '1',
  completions: '1',
  backoffLimit: '6',
  completionMode: 'NonIndexed',
  suspend: 'false',
  podReplacementPolicy: 'TerminatingOrFailed',
};

/** Fields of one kind, from its root. */
const KINDS: Readonly<Record<ResourceType, Defaults>> = {
  'apps/Deployment': {
    'spec.replicas': '1',
    'spec.revisionHistoryLimit': '10',
    'spec.progressDeadlineSeconds': '600',
    'spec.minReadySeconds': '0',
    'spec.paused': 'false',
    'spec.strategy.type': 'RollingUpdate',
    'spec.strategy.rollingUpdate.maxSurge': '25%',
    'spec.strategy.rollingUpdate.maxUnavailable': '25%',
  },
  'apps/StatefulSet': {
    'spec.replicas': '1',
    'spec.revisionHistoryLimit': '10',
    'spec.minReadySeconds': '0',
    'spec.podManagementPolicy': 'OrderedReady',
    'spec.updateStrategy.type': 'RollingUpdate',
    'spec.updateStrategy.rollingUpdate.partition': '0',
    'spec.persistentVolumeClaimRetentionPolicy.whenDeleted': 'Retain',
    'spec.persistentVolumeClaimRetentionPolicy.whenScaled': 'Retain',
  },
  'apps/DaemonSet': {
    'spec.revisionHistoryLimit': '10',
    'spec.minReadySeconds': '0',
    'spec.updateStrategy.type': 'RollingUpdate',
    'spec.updateStrategy.rollingUpdate.maxUnavailable': '1',
    'spec.updateStrategy.rollingUpdate.maxSurge': '0',
  },
  'apps/ReplicaSet': { 'spec.replicas': '1', 'spec.minReadySeconds': '0' },
  'batch/Job': prefixed('spec', JOB),
  'batch/CronJob': {
    'spec.concurrencyPolicy': 'Allow',
    'spec.suspend': 'false',
    'spec.successfulJobsHistoryLimit': '3',
    'spec.failedJobsHistoryLimit': '1',
    'spec.timeZone': "the zone of the cluster's controller, usually UTC",
    ...prefixed('spec.jobTemplate.spec', JOB),
  },
  Service: {
    'spec.type': 'ClusterIP',
    'spec.sessionAffinity': 'None',
    'spec.internalTrafficPolicy': 'Cluster',
    'spec.externalTrafficPolicy': 'Cluster, where the Service is reached from outside',
    'spec.publishNotReadyAddresses': 'false',
    'spec.allocateLoadBalancerNodePorts': 'true',
    'spec.ipFamilyPolicy': 'SingleStack',
    'spec.ports[].protocol': 'TCP',
    'spec.ports[].targetPort': 'the same as port',
    'spec.sessionAffinityConfig.clientIP.timeoutSeconds': '10800',
  },
  'autoscaling/HorizontalPodAutoscaler': {
    'spec.minReplicas': '1',
    'spec.behavior.scaleDown.stabilizationWindowSeconds': '300',
    'spec.behavior.scaleUp.stabilizationWindowSeconds': '0',
    'spec.behavior.scaleDown.selectPolicy': 'Max',
    'spec.behavior.scaleUp.selectPolicy': 'Max',
  },
  'policy/PodDisruptionBudget': { 'spec.unhealthyPodEvictionPolicy': 'IfHealthyBudget' },
  'networking.k8s.io/NetworkPolicy': {
    'spec.policyTypes': 'Ingress, and Egress where egress is written',
    'spec.ingress[].ports[].protocol': 'TCP',
    'spec.egress[].ports[].protocol': 'TCP',
  },
  PersistentVolumeClaim: {
    'spec.volumeMode': 'Filesystem',
    'spec.storageClassName': "the cluster's default class",
  },
  PersistentVolume: { 'spec.persistentVolumeReclaimPolicy': 'Retain', 'spec.volumeMode': 'Filesystem' },
  'storage.k8s.io/StorageClass': {
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: 'false',
  },
  Secret: { type: 'Opaque', immutable: 'false' },
  ConfigMap: { immutable: 'false' },
  ServiceAccount: { automountServiceAccountToken: 'true' },
  'scheduling.k8s.io/PriorityClass': { preemptionPolicy: 'PreemptLowerPriority', globalDefault: 'false' },
  'networking.istio.io/VirtualService': {
    'spec.http[].timeout': 'none',
    'spec.http[].retries': '2 attempts, on connect-failure, refused-stream, unavailable and cancelled',
    'spec.gateways': 'mesh',
    'spec.exportTo': 'every namespace',
  },
  'networking.istio.io/DestinationRule': {
    'spec.trafficPolicy.loadBalancer.simple': 'LEAST_REQUEST',
    'spec.trafficPolicy.outlierDetection.consecutive5xxErrors': '5',
    'spec.trafficPolicy.outlierDetection.interval': '10s',
    'spec.trafficPolicy.outlierDetection.baseEjectionTime': '30s',
    'spec.trafficPolicy.outlierDetection.maxEjectionPercent': '10',
    'spec.trafficPolicy.outlierDetection.minHealthPercent': '0',
    'spec.trafficPolicy.connectionPool.tcp.connectTimeout': '10s',
    'spec.exportTo': 'every namespace',
  },
  'gateway.networking.k8s.io/HTTPRoute': {
    'spec.rules[].backendRefs[].weight': '1',
    'spec.rules[].matches[].path.type': 'PathPrefix',
    'spec.rules[].matches[].path.value': '/',
  },
};

const POD_ROOTS = /^(?:spec\.(?:jobTemplate\.spec\.)?template\.)?spec\./;
const CONTAINER_ROOTS = /^(?:containers|initContainers)\[\]\./;

/** What counts for `path` (with `[]` for indexes) of a kind where nothing is written; undefined where that is not known. */
export function apiDefault(type: ResourceType, path: string): string | undefined {
  const own = KINDS[type]?.[path];
  if (own !== undefined) return own;
  if (!RUNS_PODS.has(type)) return undefined;
  const inPod = POD_ROOTS.exec(path)?.[0];
  // Only a Pod has its pod's fields right below `spec`.
  if (inPod === undefined || (inPod === 'spec.') !== (type === 'Pod')) return undefined;
  const field = path.slice(inPod.length);
  if (type.startsWith('batch/') && field === 'restartPolicy') return undefined;
  const container = CONTAINER_ROOTS.exec(field)?.[0];
  return container === undefined ? POD[field] : CONTAINER[field.slice(container.length)];
}

const RUNS_PODS: ReadonlySet<ResourceType> = new Set([
  'Pod',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'ReplicationController',
  'batch/Job',
  'batch/CronJob',
  'argoproj.io/Rollout',
]);

function prefixed(prefix: string, defaults: Defaults): Defaults {
  return Object.fromEntries(Object.entries(defaults).map(([path, value]) => [`${prefix}.${path}`, value]));
}
