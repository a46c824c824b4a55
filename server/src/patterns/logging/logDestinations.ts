import { embeddedDocuments } from '../../languages/yaml/embeddedDocuments.ts';
import { scalarText } from '../../languages/yaml/scalarText.ts';
import { type NetworkAddress, readAddress } from '../../rules/parts/serviceAddress.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';
import type { Resource } from '../../workspace/resource.ts';
import { logConfigurationOf } from './logConfigurations.ts';
import { isFixed, type LogSection, settingOf } from './logFile.ts';

/** A hop of the logs: who sends them on, or asks for them, and where. */
export interface LogDestination {
  /** `Fluent Bit`, `Kibana`: what a message calls it. */
  readonly sender: string;
  readonly address: NetworkAddress;
  readonly hostAt: Place;
  readonly portAt: Place;
}

/** Outputs that speak to a server, by the port that each means without a word. */
const HOST_OUTPUTS = new Set([
  'es',
  'elasticsearch',
  'opensearch',
  'loki',
  'forward',
  'http',
  'splunk',
  'opentelemetry',
  'kafka',
]);

/** Every destination that a ConfigMap names for logs: outputs of agents, and the storage that an analysis asks. */
export function logDestinationsOf(resource: Resource): readonly LogDestination[] {
  const configuration = logConfigurationOf(resource);
  const ofAgents = (configuration?.sections ?? [])
    .filter(({ kind, plugin }) => kind === 'output' && HOST_OUTPUTS.has(plugin ?? ''))
    .flatMap((section) => ofSection(section, configuration!.agent));
  return [...ofAgents, ...ofFiles(resource)];
}

function ofSection(section: LogSection, sender: string): readonly LogDestination[] {
  const host = settingOf(section, 'host');
  if (!host || !isFixed(host.value)) return [];
  const port = settingOf(section, 'port');
  const address = readAddress(host.value);
  if (!address || address.scheme !== undefined) return [];
  const number = port && isFixed(port.value) ? Number(port.value) : Number.NaN;
  return [
    {
      sender,
      address: { ...address, port: Number.isInteger(number) ? number : address.port },
      hostAt: host.at,
      portAt: port?.at ?? host.at,
    },
  ];
}

/** Settings of further programs that hold one address or a list of them. */
const ADDRESS_SETTINGS: readonly (readonly [file: RegExp, sender: string, path: readonly string[]])[] = [
  [/^filebeat\.ya?ml$/, 'Filebeat', ['output.elasticsearch', 'hosts']],
  [/^filebeat\.ya?ml$/, 'Filebeat', ['output', 'elasticsearch', 'hosts']],
  [/^filebeat\.ya?ml$/, 'Filebeat', ['output.elasticsearch.hosts']],
  [/^filebeat\.ya?ml$/, 'Filebeat', ['output.logstash', 'hosts']],
  [/^kibana\.ya?ml$/, 'Kibana', ['elasticsearch.hosts']],
  [/^kibana\.ya?ml$/, 'Kibana', ['elasticsearch', 'hosts']],
  [/^opensearch_dashboards\.ya?ml$/, 'OpenSearch Dashboards', ['opensearch.hosts']],
];

function* ofFiles({ type, root }: Resource): Iterable<LogDestination> {
  if (type !== 'ConfigMap') return;
  for (const file of root.find('data')?.entries ?? []) {
    const key = file.key ?? '';
    const settings = ADDRESS_SETTINGS.filter(([name]) => name.test(key));
    for (const document of settings.length > 0 ? embeddedDocuments(file) : []) {
      for (const [, sender, path] of settings) {
        const value = document.find(...path);
        for (const node of value?.kind === 'list' ? value.items : value ? [value] : []) yield* ofScalar(node, sender);
      }
    }
    if (!/^(?:promtail|vector|config|agent)\.ya?ml$/.test(key)) continue;
    for (const document of embeddedDocuments(file)) {
      for (const client of document.find('clients')?.items ?? []) {
        const url = client.find('url');
        if (url && document.find('scrape_configs')) yield* ofScalar(url, 'Promtail');
      }
      for (const sink of document.find('sinks')?.entries ?? []) {
        const endpoints = sink.find('endpoints') ?? sink.find('endpoint');
        for (const node of endpoints?.kind === 'list' ? endpoints.items : endpoints ? [endpoints] : [])
          yield* ofScalar(node, 'Vector');
      }
    }
  }
}

function* ofScalar(node: SourceNode, sender: string): Iterable<LogDestination> {
  const text = scalarText(node);
  const address = text && isFixed(text.text) ? readAddress(text.text) : undefined;
  if (!text || !address) return;
  const place = (span: Span): Place => ({ source: node.source, span: text.spanOf(span) });
  const hostAt = place(address.hostSpan);
  yield { sender, address, hostAt, portAt: address.portSpan ? place(address.portSpan) : hostAt };
}
