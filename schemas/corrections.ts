import type { SchemaKeywords } from '../server/src/schema/schema.ts';
import type { JsonSchema } from './readValidator.ts';

const API = 'IoK8sApi';
const EXTENSIONS = 'IoK8sApiextensionsApiserverPkgApisApiextensions';
const META = 'IoK8sApimachineryPkgApisMetaV1';

/**
 * Definitions whose validators are incomplete, because they describe fields that are named like keywords of JSON
 * Schema; their declarations are complete.
 */
export const DECLARED_ONLY: ReadonlySet<string> = new Set(
  ['V1', 'V1beta1'].map((version) => `${EXTENSIONS}${version}JSONSchemaProps`),
);

/**
 * Definitions that may be a schema or something else (a boolean, a list): they offer the fields of the schema and
 * accept everything.
 */
export const UNTYPED_COPIES: ReadonlyMap<string, string> = new Map(
  ['V1', 'V1beta1'].flatMap((version) =>
    ['OrArray', 'OrBool', 'OrStringArray'].map((suffix): [string, string] => [
      `${EXTENSIONS}${version}JSONSchemaProps${suffix}`,
      `${EXTENSIONS}${version}JSONSchemaProps`,
    ]),
  ),
);

/** Types that Kubernetes reads by code of its own, not by structure. */
const OWN_TYPES: Readonly<Record<string, 'int-or-string' | 'quantity'>> = {
  IoK8sApimachineryPkgUtilIntstrIntOrString: 'int-or-string',
  IoK8sApimachineryPkgApiResourceQuantity: 'quantity',
};

const QUANTITY_PATTERN = /^\^\(\\\+\|-\)\?\(\(\[0-9\]\+\(\\\.\[0-9\]\*\)\?\)/;

/** The type of a schema that stands for one of Kubernetes' own types: by its name, or by the alternatives it offers. */
export function ownType(schema: JsonSchema, definition?: string): 'int-or-string' | 'quantity' | undefined {
  if (definition !== undefined && OWN_TYPES[definition]) return OWN_TYPES[definition];
  const types = (schema.anyOf ?? schema.oneOf)?.map((branch) => branch.type).sort();
  if (types?.length !== 2 || types[0] !== 'integer' || types[1] !== 'string') return undefined;
  return schema.pattern !== undefined && QUANTITY_PATTERN.test(schema.pattern) ? 'quantity' : 'int-or-string';
}

const ARGO_WORKFLOWS = 'ComGithubArgoprojArgoWorkflowsV4PkgApisWorkflowV1alpha1';

/** Fields of Argo Workflows 3, which became lists in version 4. */
const EARLIER_FIELDS: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  [`${ARGO_WORKFLOWS}CronWorkflowSpec`]: { schedule: { type: 'string' } },
  [`${ARGO_WORKFLOWS}Synchronization`]: {
    mutex: { ref: `${ARGO_WORKFLOWS}Mutex` },
    semaphore: { ref: `${ARGO_WORKFLOWS}SemaphoreRef` },
  },
};

/** Mends what a validator asks wrongly. */
export function correct(definition: string, schema: JsonSchema): JsonSchema {
  // Each of `steps` is written as the bare list of what runs at the same time.
  if (definition === `${ARGO_WORKFLOWS}ParallelSteps`) return schema.properties?.['steps'] ?? schema;
  const earlier = EARLIER_FIELDS[definition];
  if (earlier) return withEarlierFields(schema, earlier);
  const { apiVersion, kind } = schema.properties ?? {};
  if (!apiVersion?.enum || !kind?.enum) return schema;
  // An object names its type itself when it stands alone, which is how its schema was found. As an item of a typed list
  // it need not.
  const required = schema.required?.filter((name) => name !== 'apiVersion' && name !== 'kind') ?? [];
  if (!/EmbeddedPersistentVolumeClaim$/.test(definition)) return { ...schema, required };
  // An embedded claim is no resource of its own: its apiVersion and kind are not those of the package.
  const text = { type: 'string' };
  return { ...schema, required, properties: { ...schema.properties, apiVersion: text, kind: text } };
}

/** Fields of versions that are still installed, in the place of one that has been required since. */
function withEarlierFields(schema: JsonSchema, fields: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const successors = new Set(Object.keys(fields).map((name) => `${name}s`));
  const required = schema.required?.filter((name) => !successors.has(name)) ?? [];
  return { ...schema, required, properties: { ...schema.properties, ...fields } };
}

const PORT_NUMBER: SchemaKeywords = { minimum: 1, maximum: 65535 };
const OPTIONAL_PORT_NUMBER: SchemaKeywords = { minimum: 0, maximum: 65535 };
const NOT_NEGATIVE: SchemaKeywords = { minimum: 0 };
const LABELS: SchemaKeywords = { keyFormat: 'qualified-name' };
const LABEL_VALUE: SchemaKeywords = { format: 'label-value' };
const DNS_LABEL: SchemaKeywords = { format: 'dns-label' };
const ADDRESS: SchemaKeywords = { format: 'ip' };
const ADDRESS_RANGE: SchemaKeywords = { format: 'cidr' };
const DURATION: SchemaKeywords = { format: 'duration' };

const ISTIO_POLICY_DURATIONS = [
  'connectionPool.tcp.connectTimeout',
  'connectionPool.tcp.maxConnectionDuration',
  'connectionPool.tcp.tcpKeepalive.interval',
  'connectionPool.tcp.tcpKeepalive.time',
  'connectionPool.http.idleTimeout',
  'loadBalancer.consistentHash.httpCookie.ttl',
  'outlierDetection.baseEjectionTime',
  'outlierDetection.interval',
];

/** The durations of Istio's routes and policies; a rule in the definition reads them, no pattern. */
const ISTIO_DURATIONS: Readonly<Record<string, SchemaKeywords>> = Object.fromEntries(
  ['V1', 'V1beta1', 'V1alpha3'].flatMap((version) => {
    const route = `NetworkingIstioIo${version}VirtualService.spec.http[]`;
    const policies = ['spec', 'spec.subsets[]'].flatMap((owner) => {
      const policy = `NetworkingIstioIo${version}DestinationRule.${owner}.trafficPolicy`;
      return [policy, `${policy}.portLevelSettings[]`];
    });
    return [
      ...['timeout', 'retries.perTryTimeout', 'fault.delay.fixedDelay', 'corsPolicy.maxAge'].map(
        (field) => `${route}.${field}`,
      ),
      ...policies.flatMap((policy) => ISTIO_POLICY_DURATIONS.map((field) => `${policy}.${field}`)),
    ].map((path) => [path, DURATION]);
  }),
);

/**
 * What API servers check in code, so that no schema says it. The key is the definition and the path in it: `[]` for
 * the items of a list, `{}` for the values of a map. Only checks that hold for every object of the type.
 */
export const CHECKED_IN_CODE: Readonly<Record<string, SchemaKeywords>> = {
  [`${META}ObjectMeta.labels`]: LABELS,
  [`${META}ObjectMeta.labels{}`]: LABEL_VALUE,
  [`${META}ObjectMeta.annotations`]: LABELS,
  [`${META}ObjectMeta.namespace`]: DNS_LABEL,
  [`${META}LabelSelector.matchLabels`]: LABELS,
  [`${META}LabelSelector.matchLabels{}`]: LABEL_VALUE,
  [`${API}CoreV1PodSpec.nodeSelector`]: LABELS,
  [`${API}CoreV1PodSpec.nodeSelector{}`]: LABEL_VALUE,
  [`${API}CoreV1PodSpec.terminationGracePeriodSeconds`]: NOT_NEGATIVE,
  [`${API}CoreV1PodSpec.containers`]: { listKeys: ['name'] },
  [`${API}CoreV1PodSpec.initContainers`]: { listKeys: ['name'] },
  [`${API}CoreV1PodSpec.volumes`]: { listKeys: ['name'] },
  [`${API}CoreV1PodSpec.topologySpreadConstraints`]: { listKeys: ['topologyKey', 'whenUnsatisfiable'] },
  [`${API}CoreV1Container.name`]: DNS_LABEL,
  [`${API}CoreV1Container.volumeMounts`]: { listKeys: ['mountPath'] },
  [`${API}CoreV1Container.volumeDevices`]: { listKeys: ['devicePath'] },
  [`${API}CoreV1EphemeralContainer.name`]: DNS_LABEL,
  [`${API}CoreV1Volume.name`]: DNS_LABEL,
  [`${API}CoreV1ContainerPort.containerPort`]: PORT_NUMBER,
  [`${API}CoreV1ContainerPort.hostPort`]: OPTIONAL_PORT_NUMBER,
  [`${API}CoreV1ContainerPort.name`]: { format: 'port-name' },
  [`${API}CoreV1ServicePort.port`]: PORT_NUMBER,
  [`${API}CoreV1ServicePort.nodePort`]: OPTIONAL_PORT_NUMBER,
  [`${API}CoreV1ServicePort.name`]: DNS_LABEL,
  [`${API}CoreV1ServiceSpec.selector`]: LABELS,
  [`${API}CoreV1ServiceSpec.selector{}`]: LABEL_VALUE,
  [`${API}CoreV1Probe.failureThreshold`]: NOT_NEGATIVE,
  [`${API}CoreV1Probe.initialDelaySeconds`]: NOT_NEGATIVE,
  [`${API}CoreV1Probe.periodSeconds`]: NOT_NEGATIVE,
  [`${API}CoreV1Probe.successThreshold`]: NOT_NEGATIVE,
  [`${API}CoreV1Probe.timeoutSeconds`]: NOT_NEGATIVE,
  [`${API}CoreV1TopologySpreadConstraint.maxSkew`]: { minimum: 1 },
  [`${API}AppsV1DeploymentSpec.replicas`]: NOT_NEGATIVE,
  [`${API}AppsV1DeploymentSpec.minReadySeconds`]: NOT_NEGATIVE,
  [`${API}AppsV1DeploymentSpec.progressDeadlineSeconds`]: NOT_NEGATIVE,
  [`${API}AppsV1DeploymentSpec.revisionHistoryLimit`]: NOT_NEGATIVE,
  [`${API}AppsV1ReplicaSetSpec.replicas`]: NOT_NEGATIVE,
  [`${API}AppsV1ReplicaSetSpec.minReadySeconds`]: NOT_NEGATIVE,
  [`${API}AppsV1StatefulSetSpec.replicas`]: NOT_NEGATIVE,
  [`${API}AppsV1StatefulSetSpec.minReadySeconds`]: NOT_NEGATIVE,
  [`${API}AppsV1DaemonSetSpec.minReadySeconds`]: NOT_NEGATIVE,
  [`${API}AutoscalingV2HorizontalPodAutoscalerSpec.maxReplicas`]: { minimum: 1 },
  [`${API}AutoscalingV2HorizontalPodAutoscalerSpec.minReplicas`]: NOT_NEGATIVE,
  [`${API}BatchV1JobSpec.activeDeadlineSeconds`]: NOT_NEGATIVE,
  [`${API}BatchV1JobSpec.backoffLimit`]: NOT_NEGATIVE,
  [`${API}BatchV1JobSpec.completions`]: NOT_NEGATIVE,
  [`${API}BatchV1JobSpec.parallelism`]: NOT_NEGATIVE,
  [`${API}BatchV1JobSpec.ttlSecondsAfterFinished`]: NOT_NEGATIVE,
  [`${API}BatchV1CronJobSpec.failedJobsHistoryLimit`]: NOT_NEGATIVE,
  [`${API}BatchV1CronJobSpec.startingDeadlineSeconds`]: NOT_NEGATIVE,
  [`${API}BatchV1CronJobSpec.successfulJobsHistoryLimit`]: NOT_NEGATIVE,
  [`${API}CoreV1ServiceSpec.clusterIP`]: { format: 'cluster-ip' },
  [`${API}CoreV1ServiceSpec.clusterIPs[]`]: { format: 'cluster-ip' },
  [`${API}CoreV1ServiceSpec.externalIPs[]`]: ADDRESS,
  [`${API}CoreV1ServiceSpec.loadBalancerSourceRanges[]`]: ADDRESS_RANGE,
  [`${API}CoreV1HostAlias.ip`]: ADDRESS,
  [`${API}CoreV1PodDNSConfig.nameservers[]`]: ADDRESS,
  [`${API}CoreV1EndpointAddress.ip`]: ADDRESS,
  [`${API}NetworkingV1IPBlock.cidr`]: ADDRESS_RANGE,
  [`${API}NetworkingV1IPBlock.except[]`]: ADDRESS_RANGE,
  // The controller names the container of a template itself.
  [`${ARGO_WORKFLOWS}Template.container`]: { required: [] },
  [`${ARGO_WORKFLOWS}Template.script`]: { required: ['source'] },
  ...ISTIO_DURATIONS,
};
