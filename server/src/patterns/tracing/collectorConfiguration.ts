import { embeddedDocuments } from '../../languages/yaml/embeddedDocuments.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

export const COLLECTOR = 'opentelemetry.io/OpenTelemetryCollector';

/** Kinds that hold the configuration of an OpenTelemetry Collector. */
export const CONFIGURATION_TYPES = ['ConfigMap', COLLECTOR];

/** Parts of a collector; connectors are exporters of one pipeline and receivers of another. */
export type ComponentKind = 'receivers' | 'processors' | 'exporters' | 'extensions' | 'connectors';

/** The root of a collector's configuration: `receivers`, `exporters`, `service`. */
export interface CollectorConfiguration {
  readonly root: SourceNode;
}

/** Every configuration that an object holds: the operator's object, as text or as a map, or files of a ConfigMap. */
export function collectorConfigurationsOf({ type, root }: Resource): readonly CollectorConfiguration[] {
  if (type === COLLECTOR) {
    const config = root.find('spec', 'config');
    if (!config) return [];
    return (config.kind === 'map' ? [config] : embeddedDocuments(config)).map(
      (node): CollectorConfiguration => ({ root: node }),
    );
  }
  if (type !== 'ConfigMap') return [];
  return (root.find('data')?.entries ?? [])
    .filter((entry) => /^ *pipelines:/m.test(entry.text() ?? '') && /^service:/m.test(entry.text() ?? ''))
    .flatMap((entry) => embeddedDocuments(entry))
    .filter((document) => document.find('service', 'pipelines')?.kind === 'map' && document.find('exporters'))
    .map((node): CollectorConfiguration => ({ root: node }));
}

/** A use of a component in a pipeline, or of an extension in the service. */
export interface ComponentUse {
  readonly kind: ComponentKind;
  readonly at: SourceNode;
  readonly name: string;
  readonly pipeline: string;
}

/** Every component that the pipelines and the service name; undefined where a template may name more. */
export function usesIn({ root }: CollectorConfiguration): readonly ComponentUse[] | undefined {
  const uses: ComponentUse[] = [];
  const add = (kind: ComponentKind, list: SourceNode | undefined, pipeline: string): boolean => {
    for (const at of list?.items ?? []) {
      const name = at.text();
      if (name === undefined) return false;
      uses.push({ kind, at, name, pipeline });
    }
    return list?.open !== true;
  };
  if (!add('extensions', root.find('service', 'extensions'), 'the service')) return undefined;
  for (const pipeline of root.find('service', 'pipelines')?.entries ?? []) {
    for (const kind of ['receivers', 'processors', 'exporters'] as const)
      if (!add(kind, pipeline.find(kind), `pipeline ${pipeline.key}`)) return undefined;
  }
  return uses;
}

/** The components of a kind that a configuration defines; undefined where a template may define more. */
export function definedIn({ root }: CollectorConfiguration, kind: ComponentKind): readonly SourceNode[] | undefined {
  const parts = root.find(kind);
  return root.open || parts?.open ? undefined : (parts?.entries ?? []);
}

/** The workloads that run a configuration: those that mount its ConfigMap. The operator makes the others itself. */
export function runnersOf(resource: Resource, graph: ResourceGraph): readonly Resource[] {
  return [...new Set(graph.edgesTo(resource, 'configured-by').map(({ source }) => source))];
}
