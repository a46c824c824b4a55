import { scalarText } from '../../languages/yaml/scalarText.ts';
import { type NetworkAddress, readAddress } from '../../rules/parts/serviceAddress.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import { CONFIGURATION_TYPES, collectorConfigurationsOf } from './collectorConfiguration.ts';

export type SpanProtocol = 'grpc' | 'http';

/** Somebody sends spans to an address. */
export interface SpanDestination {
  /** `OTEL_EXPORTER_OTLP_ENDPOINT`, `exporter otlp/jaeger`: what a message calls it. */
  readonly sender: string;
  readonly address: NetworkAddress;
  readonly at: SourceNode;
  /** Undefined where that is the language's own choice. */
  readonly protocol: SpanProtocol | undefined;
  place(part: Span): Place;
}

/** Objects that send spans: workloads and ConfigMaps by their environment, collectors by their exporters. */
export const SENDING_TYPES = [...WORKLOAD_TYPES, ...CONFIGURATION_TYPES];

const ENDPOINT = /^(?:OTEL_EXPORTER_OTLP(?:_TRACES)?_ENDPOINT|MANAGEMENT_OTLP_TRACING_ENDPOINT)$/;

/** Every address to which an object has spans sent. */
export function spanDestinationsOf(resource: Resource): readonly SpanDestination[] {
  const found: SpanDestination[] = [];
  const add = (at: SourceNode | undefined, sender: string, protocol: SpanProtocol | undefined): void => {
    const text = at && scalarText(at);
    const address = text && !/\$[({]/.test(text.text) ? readAddress(text.text) : undefined;
    if (!at || !text || !address) return;
    found.push({ sender, address, at, protocol, place: (part) => ({ source: at.source, span: text.spanOf(part) }) });
  };
  for (const { entries, textOf } of environmentsOf(resource)) {
    for (const [name, at] of entries)
      if (ENDPOINT.test(name)) add(at, name, name.startsWith('MANAGEMENT') ? undefined : protocolOf(textOf));
  }
  for (const { root } of collectorConfigurationsOf(resource)) {
    for (const exporter of root.find('exporters')?.entries ?? []) {
      const type = exporter.key?.split('/')[0];
      if (type === 'otlp') add(exporter.find('endpoint'), `exporter ${exporter.key}`, 'grpc');
      if (type === 'otlphttp')
        add(exporter.find('traces_endpoint') ?? exporter.find('endpoint'), `exporter ${exporter.key}`, 'http');
    }
  }
  return found;
}

interface Environment {
  readonly entries: readonly (readonly [name: string, at: SourceNode])[];
  textOf(name: string): string | undefined;
}

/** The variables of each container, or the keys of a ConfigMap that may be one's environment. */
export function environmentsOf(resource: Resource): readonly Environment[] {
  const workload = workloadOf(resource);
  const lists = workload
    ? workload.containers.map((container) =>
        (container.find('env')?.items ?? []).flatMap((variable): [string, SourceNode][] => {
          const [name, value] = [variable.text('name'), variable.find('value')];
          return name !== undefined && value ? [[name, value]] : [];
        }),
      )
    : resource.type === 'ConfigMap'
      ? [(resource.root.find('data')?.entries ?? []).map((entry): [string, SourceNode] => [entry.key ?? '', entry])]
      : [];
  return lists.map((entries) => ({
    entries,
    textOf: (name) => entries.find(([key]) => key === name)?.[1].text(),
  }));
}

function protocolOf(textOf: Environment['textOf']): SpanProtocol | undefined {
  const written = textOf('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? textOf('OTEL_EXPORTER_OTLP_PROTOCOL');
  if (written === 'grpc') return 'grpc';
  return written?.startsWith('http/') ? 'http' : undefined;
}
