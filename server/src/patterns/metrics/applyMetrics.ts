import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import { declaredPorts } from '../../rules/parts/ports.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { monitorTargets, POD_MONITOR, SERVICE_MONITOR } from './monitorTargets.ts';
import { PROMETHEUS } from './servers.ts';

/** Labels by which a Service or a pod is known, the usual ones first. */
const IDENTITIES = ['app.kubernetes.io/name', 'app', 'k8s-app', 'name'];

/**
 * Writes a monitor for a workload, alerts that it is gone or restarts, and a dashboard: all from series that every
 * Prometheus and every client library has. The labels are those that the workspace's Prometheus asks for.
 */
export function applyMetrics(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const { name } = resource;
  if (!workload || name === undefined || !SERVING_TYPES.includes(resource.type)) return undefined;
  if (workload.template?.find('metadata', 'annotations', 'prometheus.io/scrape')) return undefined;
  const services = servicesOf(workload, graph);
  const isMeasured = graph
    .all(SERVICE_MONITOR, POD_MONITOR)
    .some((monitor) =>
      monitorTargets(monitor, graph).resources.some((one) => one === resource || services.includes(one)),
    );
  if (isMeasured) return undefined;
  const labels = labelsFor(resource, graph);
  const monitor = ofService(services, name, resource, labels) ?? ofPods(resource, name, labels);
  if (!monitor) return undefined;
  const { job, object } = monitor;
  const rules = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { ...metadataOf(name, resource), labels },
    spec: {
      groups: [
        {
          name: `${name}.alerts`,
          rules: [
            {
              alert: `${pascal(name)}Down`,
              expr: `absent(up{job="${job}"} == 1)\n`,
              for: '5m',
              labels: { severity: 'critical' },
              annotations: { summary: `No instance of ${name} answers Prometheus` },
            },
            {
              alert: `${pascal(name)}Restarts`,
              expr: `changes(process_start_time_seconds{job="${job}"}[15m]) > 2\n`,
              for: '1m',
              labels: { severity: 'warning' },
              annotations: { summary: `{{ $labels.instance }} of ${name} restarts again and again` },
            },
          ],
        },
      ],
    },
  };
  const dashboard = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadataOf(`${name}-dashboard`, resource), labels: { ...labels, grafana_dashboard: '1' } },
    data: { [`${name}.json`]: `${JSON.stringify(dashboardOf(name, job), undefined, 2)}\n` },
  };
  return {
    edits: [],
    creates: [{ uri: besideOf(resource, `${name}-metrics.yaml`), text: documents(object, rules, dashboard) }],
  };
}

interface NewMonitor {
  readonly job: string;
  readonly object: object;
}

function ofService(
  services: readonly Resource[],
  name: string,
  resource: Resource,
  labels: Readonly<Record<string, string>>,
): NewMonitor | undefined {
  for (const service of services) {
    const selected = identityIn(service.root.find('metadata', 'labels'));
    const port = service.root.find('spec', 'ports')?.items.find((one) => one.text('name') !== undefined);
    const portName = bestPort(service.root.find('spec', 'ports')?.items.map((one) => one.text('name')) ?? []);
    if (!selected || !port || portName === undefined || service.name === undefined) continue;
    return {
      job: service.name,
      object: {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: { ...metadataOf(name, resource), labels },
        spec: { selector: { matchLabels: selected }, endpoints: [{ port: portName, ...SCRAPE }] },
      },
    };
  }
  return undefined;
}

function ofPods(resource: Resource, name: string, labels: Readonly<Record<string, string>>): NewMonitor | undefined {
  const workload = workloadOf(resource)!;
  const selected = identityIn(workload.podLabels);
  const portName = bestPort(declaredPorts(workload).map((port) => port.name));
  const label = Object.keys(selected ?? {})[0];
  if (!selected || portName === undefined || label === undefined) return undefined;
  return {
    job: selected[label]!,
    object: {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { ...metadataOf(name, resource), labels },
      spec: {
        jobLabel: label,
        selector: { matchLabels: selected },
        podMetricsEndpoints: [{ port: portName, ...SCRAPE }],
      },
    },
  };
}

const SCRAPE = { path: '/metrics', interval: '30s', scrapeTimeout: '10s' };

function bestPort(names: readonly (string | undefined)[]): string | undefined {
  const named = names.filter((name) => name !== undefined);
  return named.find((name) => name.includes('metrics')) ?? named[0];
}

function identityIn(labels: SourceNode | undefined): Readonly<Record<string, string>> | undefined {
  for (const key of IDENTITIES) {
    const value = labels?.text(key);
    if (value !== undefined) return { [key]: value };
  }
  return undefined;
}

/** The workload's own labels, and those that the Prometheus of the set picks by. */
function labelsFor(resource: Resource, graph: ResourceGraph): Readonly<Record<string, string>> {
  const own = resource.root.find('metadata', 'labels')?.entries ?? [];
  const kept = own.filter(({ key }) => key === 'app.kubernetes.io/name' || key === 'app.kubernetes.io/part-of');
  const [server] = graph.near(resource, PROMETHEUS);
  const wanted = ['serviceMonitorSelector', 'podMonitorSelector', 'ruleSelector'].flatMap(
    (field) => server?.root.find('spec', field, 'matchLabels')?.entries ?? [],
  );
  return Object.fromEntries(
    [...kept, ...wanted].flatMap((label) => (label.key && label.text() ? [[label.key, label.text()!]] : [])),
  );
}

function dashboardOf(name: string, job: string): object {
  const panel = (id: number, title: string, unit: string, expr: string) => ({
    id,
    type: 'timeseries',
    title,
    gridPos: { h: 8, w: 12, x: (id - 1) % 2 === 0 ? 0 : 12, y: Math.floor((id - 1) / 2) * 8 },
    datasource: { type: 'prometheus', uid: 'prometheus' },
    fieldConfig: { defaults: { unit }, overrides: [] },
    targets: [{ refId: 'A', expr, legendFormat: '{{instance}}' }],
  });
  return {
    uid: name,
    title: name,
    schemaVersion: 41,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    panels: [
      panel(1, 'Instances that answer', 'short', `sum(up{job="${job}"})`),
      panel(2, 'Processor', 'short', `rate(process_cpu_seconds_total{job="${job}"}[5m])`),
      panel(3, 'Memory', 'bytes', `process_resident_memory_bytes{job="${job}"}`),
      panel(4, 'Age', 's', `time() - process_start_time_seconds{job="${job}"}`),
    ],
  };
}

function pascal(name: string): string {
  return name.replace(/(?:^|[-.])([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
