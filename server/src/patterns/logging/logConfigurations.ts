import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { readFluentBit } from './fluentBit.ts';
import { readFluentd } from './fluentd.ts';
import type { LogConfiguration, LogFile } from './logFile.ts';

const read = new WeakMap<Resource, LogConfiguration | null>();

/** What a ConfigMap says to Fluent Bit or Fluentd; undefined where it holds no file of theirs. */
export function logConfigurationOf(resource: Resource): LogConfiguration | undefined {
  if (resource.type !== 'ConfigMap') return undefined;
  const known = read.get(resource);
  if (known !== undefined) return known ?? undefined;
  const configuration = readConfiguration(resource);
  read.set(resource, configuration ?? null);
  return configuration;
}

function readConfiguration(resource: Resource): LogConfiguration | undefined {
  const data = resource.root.find('data');
  const entries = data?.entries ?? [];
  const all = entries.flatMap((entry): LogFile[] => {
    const file = readFluentBit(entry) ?? readFluentd(entry);
    return file ? [file] : [];
  });
  const [first] = all;
  if (!data || !first) return undefined;
  const files = all.filter(({ agent }) => agent === first.agent);
  const names = entries.map(({ key }) => key ?? '');
  const open =
    data.open || entries.some(({ kind, source, span }) => kind === 'unknown' || source.slice(span).includes('{{'));
  const partial = files.some(({ includes }) => includes.some((include) => !isAmong(include, names)));
  return { resource, agent: first.agent, files, sections: files.flatMap(({ sections }) => sections), open, partial };
}

function isAmong(include: string, names: readonly string[]): boolean {
  const name = include.split('/').at(-1) ?? '';
  // What a pattern finds is mounted from here, as far as anybody can see.
  return name.includes('*') || names.includes(name);
}

/** The workloads that read a ConfigMap, by a volume or their environment. */
export function readersOf(configMap: Resource, graph: ResourceGraph): readonly Resource[] {
  return [...new Set(graph.edgesTo(configMap, 'configured-by').map(({ source }) => source))];
}
