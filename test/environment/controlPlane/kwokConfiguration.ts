import { stringify } from 'yaml';
import { nodeStages } from './nodeStages.ts';
import { podStages } from './podStages.ts';

/** Where the fake pods' logs, commands and forwarded ports lead. */
export interface FakePodEndpoints {
  /** What `kubectl logs` of any fake pod shows. */
  readonly logFile: string;
  /** What `kubectl logs --previous` shows. */
  readonly previousLogFile: string;
  /** The folder in which `kubectl exec` runs its command, as this user, on this machine. */
  readonly execFolder: string;
  /** The port on 127.0.0.1 to which port 8080 of every fake pod is forwarded. A test may listen there. */
  readonly forwardedPort: number;
}

/** The annotations with which a pod says what it uses; 1m and 1Mi without them. */
export const usageAnnotations = { cpu: 'kwok.x-k8s.io/usage-cpu', memory: 'kwok.x-k8s.io/usage-memory' } as const;

const apiVersion = 'kwok.x-k8s.io/v1alpha1';

/** The text of kwok's configuration file: stages, fake endpoints, and on request the metrics of kubelets. */
export function kwokConfiguration(endpoints: FakePodEndpoints, metrics: boolean): string {
  const documents = [...nodeStages(), ...podStages(), ...endpointDocuments(endpoints)];
  return [...documents, ...(metrics ? metricDocuments() : [])]
    .map((document) => stringify(document, { lineWidth: 0 }))
    .join('---\n');
}

function endpointDocuments(endpoints: FakePodEndpoints): object[] {
  const { logFile, previousLogFile, execFolder, forwardedPort } = endpoints;
  return [
    {
      apiVersion,
      kind: 'ClusterLogs',
      metadata: { name: 'logs' },
      spec: { logs: [{ logsFile: logFile, previousLogsFile: previousLogFile, follow: true }] },
    },
    {
      apiVersion,
      kind: 'ClusterExec',
      metadata: { name: 'exec' },
      spec: { execs: [{ local: { workDir: execFolder, envs: [{ name: 'FAKE_POD', value: '1' }] } }] },
    },
    {
      apiVersion,
      kind: 'ClusterAttach',
      metadata: { name: 'attach' },
      spec: { attaches: [{ logsFile: logFile }] },
    },
    {
      apiVersion,
      kind: 'ClusterPortForward',
      metadata: { name: 'port-forward' },
      spec: { forwards: [{ ports: [8080], target: { address: '127.0.0.1', port: forwardedPort } }] },
    },
  ];
}

/** The resource metrics that a kubelet serves and that metrics-server reads, and where their values come from. */
function metricDocuments(): object[] {
  const label = (name: string, value: string) => ({ name, value });
  const podLabels = [label('namespace', 'pod.metadata.namespace'), label('pod', 'pod.metadata.name')];
  const containerLabels = [label('container', 'container.name'), ...podLabels];
  const metric = (name: string, dimension: string, kind: string, value: string, labels: object[] = []) => ({
    name,
    dimension,
    kind,
    help: name,
    value,
    ...(labels.length === 0 ? {} : { labels }),
  });
  const usage = (resource: 'cpu' | 'memory', otherwise: string) => {
    const annotation = `pod.metadata.annotations["${usageAnnotations[resource]}"]`;
    const present = `"${usageAnnotations[resource]}" in pod.metadata.annotations`;
    return { expression: `${present} ? Quantity(${annotation}) : Quantity("${otherwise}")` };
  };
  return [
    {
      apiVersion,
      kind: 'Metric',
      metadata: { name: 'resource' },
      spec: {
        path: '/metrics/nodes/{nodeName}/metrics/resource',
        metrics: [
          metric('scrape_error', 'node', 'gauge', '0'),
          metric('container_start_time_seconds', 'container', 'gauge', 'pod.SinceSecond()', containerLabels),
          metric(
            'container_cpu_usage_seconds_total',
            'container',
            'counter',
            'pod.CumulativeUsage("cpu", container.name)',
            containerLabels,
          ),
          metric(
            'container_memory_working_set_bytes',
            'container',
            'gauge',
            'pod.Usage("memory", container.name)',
            containerLabels,
          ),
          metric('pod_cpu_usage_seconds_total', 'pod', 'counter', 'pod.CumulativeUsage("cpu")', podLabels),
          metric('pod_memory_working_set_bytes', 'pod', 'gauge', 'pod.Usage("memory")', podLabels),
          metric('node_cpu_usage_seconds_total', 'node', 'counter', 'node.CumulativeUsage("cpu")'),
          metric('node_memory_working_set_bytes', 'node', 'gauge', 'node.Usage("memory")'),
        ],
      },
    },
    {
      apiVersion,
      kind: 'ClusterResourceUsage',
      metadata: { name: 'usage' },
      spec: { usages: [{ usage: { cpu: usage('cpu', '1m'), memory: usage('memory', '1Mi') } }] },
    },
  ];
}
