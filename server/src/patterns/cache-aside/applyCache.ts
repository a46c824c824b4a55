import { addItem, setValue } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import { restrictedContainer } from '../../rules/parts/restrictedContainer.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { TextEdit } from '../../text/sourceText.ts';
import { cacheClientsOf } from '../../workspace/caches/cacheClients.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** What a cache is for decides how it is set up. */
export interface CachePurpose {
  /** Behind the workload's name: `cache`. */
  readonly suffix: string;
  /** The lines of `valkey.conf`. */
  readonly configuration: string;
  /** The data outlives the pod. */
  readonly isKept: boolean;
  /** Variables beside host and port. */
  readonly variables: Readonly<Record<string, string>>;
}

const UID = 10_001;

/** Writes a Valkey for a workload and tells it where it is. Undefined where it knows a cache already. */
export function applyCache(
  resource: Resource,
  graph: ResourceGraph,
  purpose: CachePurpose,
): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const [container] = workload?.containers ?? [];
  if (!workload || !container || resource.name === undefined || !SERVING_TYPES.includes(resource.type))
    return undefined;
  if (cacheClientsOf(graph).some(({ workloads }) => workloads.some((one) => one.resource === resource)))
    return undefined;
  const name = `${resource.name}-${purpose.suffix}`;
  const variables = { REDIS_HOST: name, REDIS_PORT: '6379', ...purpose.variables };
  const items = Object.entries(variables).map(([key, value]) => ({ name: key, value }));
  const environment = container.find('env');
  if (environment && environment.kind !== 'list') return undefined;
  if (!environment && !container.lacks('env')) return undefined;
  const edits = environment ? items.map((item) => addItem(environment, item)) : setValue(container, ['env'], items);
  return {
    edits: joined(edits),
    creates: [{ uri: besideOf(resource, `${name}.yaml`), text: documents(...cacheObjects(name, resource, purpose)) }],
  };
}

/** Items that are added at one place become one edit, in their order. */
function joined(edits: readonly TextEdit[]): readonly TextEdit[] {
  const [first, ...others] = edits;
  if (!first || others.some(({ span }) => span.start !== first.span.start)) return edits;
  return [{ ...first, newText: edits.map(({ newText }) => newText).join('') }];
}

/** ConfigMap, account, Service, disruption budget, network policy and StatefulSet of one Valkey. */
function cacheObjects(name: string, resource: Resource, { configuration, isKept }: CachePurpose): object[] {
  const own = { 'app.kubernetes.io/name': name };
  const part = resource.root.text('metadata', 'labels', 'app.kubernetes.io/part-of');
  const labels = { ...own, ...(part !== undefined && { 'app.kubernetes.io/part-of': part }) };
  const metadata = { ...metadataOf(name, resource), labels };
  const selector = { matchLabels: own };
  const callers = (resource.root.find('spec', 'selector', 'matchLabels') ?? workloadOf(resource)?.podLabels)?.value;
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'valkey.conf': configuration } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        clusterIP: 'None',
        selector: own,
        ports: [{ name: 'tcp-redis', port: 6379, targetPort: 'tcp-redis', appProtocol: 'redis' }],
      },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: selector,
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: callers ?? {} } }],
            ports: [{ protocol: 'TCP', port: 'tcp-redis' }],
          },
        ],
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: {
        serviceName: name,
        replicas: 1,
        revisionHistoryLimit: 5,
        minReadySeconds: 10,
        selector,
        template: { metadata: { labels }, spec: podSpec(name, own, isKept) },
        ...(isKept && {
          volumeClaimTemplates: [
            {
              metadata: { name: 'data', labels },
              spec: { accessModes: ['ReadWriteOncePod'], resources: { requests: { storage: '5Gi' } } },
            },
          ],
        }),
      },
    },
  ];
}

function podSpec(name: string, own: object, isKept: boolean): object {
  const spread = (topologyKey: string): object => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: own },
  });
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: own } };
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: UID,
      runAsGroup: UID,
      fsGroup: UID,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    affinity: {
      podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] },
    },
    topologySpreadConstraints: [spread('topology.kubernetes.io/zone')],
    containers: [
      {
        name: 'valkey',
        image: 'docker.io/valkey/valkey:8.1.4',
        imagePullPolicy: 'Always',
        args: ['/etc/valkey/valkey.conf'],
        ports: [{ name: 'tcp-redis', containerPort: 6379 }],
        readinessProbe: {
          exec: { command: ['valkey-cli', 'ping'] },
          periodSeconds: 5,
          timeoutSeconds: 2,
          failureThreshold: 3,
        },
        livenessProbe: {
          tcpSocket: { port: 'tcp-redis' },
          initialDelaySeconds: 10,
          periodSeconds: 20,
          timeoutSeconds: 3,
          failureThreshold: 5,
        },
        resources: {
          requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '128Mi' },
          limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '128Mi' },
        },
        securityContext: restrictedContainer(),
        volumeMounts: [
          { name: 'data', mountPath: '/data' },
          { name: 'config', mountPath: '/etc/valkey', readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name } },
      ...(isKept ? [] : [{ name: 'data', emptyDir: { sizeLimit: '64Mi' } }]),
    ],
  };
}
