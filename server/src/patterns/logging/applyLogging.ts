import { besideOf, documents } from '../../rules/parts/newDocument.ts';
import { restrictedContainer } from '../../rules/parts/restrictedContainer.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { isAgent } from './logImages.ts';

const NAME = 'fluent-bit';
const NAMESPACE = 'node-logging';

/**
 * Writes a collector for the nodes that reads what the workload prints: in a namespace of its own, since no other may
 * see the files of a node. It sends to the storage that the workspace has, else to a name for it, and tells when logs
 * are lost. Where there is a collector already, nothing is written.
 */
export function applyLogging(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const { name } = resource;
  if (!workloadOf(resource)?.template || name === undefined || graph.all(...WORKLOAD_TYPES).some(isAgent))
    return undefined;
  const labels = labelsOf(resource);
  const metadata = { name: NAME, namespace: NAMESPACE, labels };
  const pod = { 'app.kubernetes.io/name': NAME };
  const texts = [
    ...(graph.near(resource, 'Namespace').some((one) => one.name === NAMESPACE) ? [] : [namespaceOf(labels)]),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { 'fluent-bit.conf': configurationFor(resource, graph), 'parsers.conf': PARSERS },
    },
    daemonSet(metadata, pod),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: pod },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ ports: [{ protocol: 'TCP', port: 'http-metrics' }] }],
        egress: [
          {
            ports: [
              { protocol: 'TCP', port: 9200 },
              { protocol: 'TCP', port: 53 },
              { protocol: 'UDP', port: 53 },
            ],
          },
        ],
      },
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata,
      spec: {
        jobLabel: 'app.kubernetes.io/name',
        selector: { matchLabels: pod },
        podMetricsEndpoints: [
          { port: 'http-metrics', path: '/api/v2/metrics/prometheus', interval: '60s', scrapeTimeout: '10s' },
        ],
      },
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata,
      spec: { groups: [{ name: 'logging.alerts', rules: [LOST] }] },
    },
  ];
  return { edits: [], creates: [{ uri: besideOf(resource, 'log-collector.yaml'), text: documents(...texts) }] };
}

const LOST = {
  alert: 'LogsNotDelivered',
  expr: `sum by (pod) (rate(fluentbit_output_errors_total{job="${NAME}"}[10m])) > 0\n`,
  for: '15m',
  labels: { severity: 'warning' },
  annotations: { summary: '{{ $labels.pod }} cannot deliver logs' },
};

const PARSERS = '[PARSER]\n    Name    json\n    Format  json\n';

function labelsOf(resource: Resource): Readonly<Record<string, string>> {
  const partOf = resource.root.text('metadata', 'labels', 'app.kubernetes.io/part-of');
  return {
    'app.kubernetes.io/name': NAME,
    ...(partOf === undefined ? {} : { 'app.kubernetes.io/part-of': partOf }),
  };
}

function namespaceOf(labels: object): object {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE, labels: { ...labels, 'pod-security.kubernetes.io/enforce': 'privileged' } },
  };
}

/** The host of the storage that the workspace has, and its port. */
function storageOf(resource: Resource, graph: ResourceGraph): { readonly host: string; readonly port: number } {
  const [service] = graph
    .near(resource, 'Service')
    .filter(({ name, namespace }) => /^(?:elasticsearch|opensearch)$/.test(name ?? '') && namespace !== undefined);
  const port = service?.root
    .find('spec', 'ports')
    ?.items.find((one) => one.number('port') !== undefined)
    ?.number('port');
  return {
    host: service
      ? `${service.name}.${service.namespace}.svc.cluster.local`
      : 'elasticsearch.logging.svc.cluster.local',
    port: port ?? 9200,
  };
}

function configurationFor(resource: Resource, graph: ResourceGraph): string {
  const { host, port } = storageOf(resource, graph);
  return `[SERVICE]
    Flush         5
    Grace         20
    Log_Level     info
    Parsers_File  /fluent-bit/config/parsers.conf
    HTTP_Server   On
    HTTP_Listen   0.0.0.0
    HTTP_Port     2020
    Health_Check  On
    storage.path  /var/lib/fluent-bit/buffer

[INPUT]
    Name              tail
    Path              /var/log/containers/${resource.name}-*_${resource.namespace ?? '*'}_*.log
    multiline.parser  cri
    Tag               kube.*
    DB                /var/lib/fluent-bit/positions.db
    Mem_Buf_Limit     16MB
    Skip_Long_Lines   On
    storage.type      filesystem

[FILTER]
    Name          parser
    Match         kube.*
    Key_Name      log
    Parser        json
    Reserve_Data  On

[OUTPUT]
    Name                es
    Match               kube.*
    Host                ${host}
    Port                ${port}
    Logstash_Format     On
    Logstash_Prefix     ${resource.namespace ?? resource.name}
    Suppress_Type_Name  On
    tls                 On
    tls.verify          On
    Retry_Limit         10
    storage.total_limit_size  256M
`;
}

function daemonSet(metadata: object, pod: Readonly<Record<string, string>>): object {
  const { labels } = metadata as { readonly labels: object };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: {
      revisionHistoryLimit: 5,
      minReadySeconds: 10,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      selector: { matchLabels: pod },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: NAME,
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 30,
          tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 10001,
            runAsGroup: 10001,
            fsGroup: 10001,
            supplementalGroups: [0],
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [container()],
          volumes: [
            { name: 'config', configMap: { name: NAME } },
            { name: 'logs', hostPath: { path: '/var/log', type: 'Directory' } },
            { name: 'buffer', emptyDir: { sizeLimit: '400Mi' } },
          ],
        },
      },
    },
  };
}

function container(): object {
  const probe = { port: 'http-metrics' };
  const resources = { memory: '128Mi', 'ephemeral-storage': '512Mi' };
  return {
    name: NAME,
    image: 'cr.fluentbit.io/fluent/fluent-bit:4.1.1',
    imagePullPolicy: 'Always',
    args: ['--config=/fluent-bit/config/fluent-bit.conf'],
    ports: [{ name: 'http-metrics', containerPort: 2020 }],
    readinessProbe: {
      httpGet: { path: '/api/v1/health', ...probe },
      periodSeconds: 15,
      timeoutSeconds: 3,
      failureThreshold: 3,
    },
    livenessProbe: {
      httpGet: { path: '/', ...probe },
      initialDelaySeconds: 15,
      periodSeconds: 30,
      timeoutSeconds: 3,
      failureThreshold: 5,
    },
    resources: { requests: { cpu: '50m', ...resources }, limits: { cpu: '200m', ...resources } },
    securityContext: restrictedContainer(),
    volumeMounts: [
      { name: 'config', mountPath: '/fluent-bit/config', readOnly: true },
      { name: 'logs', mountPath: '/var/log', readOnly: true },
      { name: 'buffer', mountPath: '/var/lib/fluent-bit' },
    ],
  };
}
