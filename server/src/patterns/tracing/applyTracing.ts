import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { COLLECTOR } from './collectorConfiguration.ts';

/**
 * Has a workload send its spans, by the variables that every OpenTelemetry library reads, to the collector of the
 * workspace; where there is none, one for the operator is written beside it.
 */
export function applyTracing(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const [container] = workload?.containers ?? [];
  const { name } = resource;
  // Where variables are there already, somebody has to decide what becomes of them.
  if (!container || name === undefined || !container.lacks('env') || !container.lacks('envFrom')) return undefined;
  const service = graph
    .near(resource, 'Service')
    .find(({ root }) =>
      root
        .find('spec', 'ports')
        ?.items.some(
          (port) => port.number('port') === 4317 && /otel|collector/.test(root.text('metadata', 'name') ?? ''),
        ),
    );
  const operated = graph.sameNamespace(resource, [COLLECTOR]).find((one) => one.name !== undefined);
  const host = service
    ? `${service.name}.${service.namespace ?? resource.namespace ?? 'default'}.svc.cluster.local`
    : `${operated?.name ?? 'otel'}-collector`;
  const env = Object.entries({
    OTEL_SERVICE_NAME: name,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${host}:4317`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_PROPAGATORS: 'tracecontext,baggage',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.05',
  }).map(([variable, value]) => ({ name: variable, value }));
  const collector = {
    apiVersion: 'opentelemetry.io/v1beta1',
    kind: 'OpenTelemetryCollector',
    metadata: metadataOf('otel', resource),
    spec: {
      mode: 'deployment',
      replicas: 2,
      resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '512Mi' } },
      config: {
        receivers: {
          otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } },
        },
        processors: {
          memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
          batch: { timeout: '2s' },
        },
        exporters: {
          'otlp/traces': { endpoint: 'jaeger-collector.tracing.svc.cluster.local:4317', tls: { insecure: true } },
        },
        service: {
          pipelines: {
            traces: { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['otlp/traces'] },
          },
        },
      },
    },
  };
  return {
    edits: setValue(container, ['env'], env),
    creates:
      service || operated ? [] : [{ uri: besideOf(resource, 'otel-collector.yaml'), text: documents(collector) }],
  };
}
