import { embeddedDocuments } from '../../languages/yaml/embeddedDocuments.ts';
import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

export const TELEMETRY = 'telemetry.istio.io/Telemetry';

/** Providers that every mesh has. */
const BUILT_IN = new Set(['prometheus', 'stackdriver', 'envoy', 'envoy-als']);

/** A Telemetry names its provider as the mesh's configuration does. One that is not there gets nothing. */
export const rule = defineRule({
  id: 'tracing/provider-unknown',
  severity: 'warning',
  profile: 'strict',
  types: [TELEMETRY],
  *check(resource, graph) {
    const providers = extensionProviders(resource, graph);
    if (!providers) return;
    for (const tracing of resource.root.find('spec', 'tracing')?.items ?? []) {
      for (const provider of tracing.find('providers')?.items ?? []) {
        const at = provider.find('name');
        const name = at?.text();
        if (!at || name === undefined || BUILT_IN.has(name) || providers.names.includes(name)) continue;
        const near = nearestName(name, providers.names);
        yield {
          at,
          message: `The mesh has no provider ${name}, only ${providers.names.join(', ')}, so that nobody gets these spans.`,
          related: [{ at: providers.at, message: 'The providers of the mesh.' }],
          fixes: near ? [{ title: `Use ${near}`, safe: false, edits: () => [replaceValue(at, near)] }] : [],
        };
      }
    }
  },
});

interface Providers {
  readonly names: readonly string[];
  readonly at: SourceNode;
}

/** The providers of the mesh's configuration, where the workspace has exactly one of those and no template writes it. */
function extensionProviders(from: Resource, graph: ResourceGraph): Providers | undefined {
  const lists = graph
    .all('argoproj.io/Application', 'install.istio.io/IstioOperator', 'sailoperator.io/Istio', 'ConfigMap')
    .flatMap((resource) => meshConfigs(resource))
    .flatMap((config) => config.find('extensionProviders') ?? []);
  const [list] = lists;
  if (!list || lists.length > 1 || list.open || from.root.open) return undefined;
  const names = list.items.map((item) => item.text('name'));
  return names.every((name) => name !== undefined) ? { names, at: list } : undefined;
}

function meshConfigs({ type, name, root }: Resource): readonly SourceNode[] {
  if (type === 'ConfigMap') {
    const mesh = name?.startsWith('istio') ? root.find('data', 'mesh') : undefined;
    return mesh ? embeddedDocuments(mesh) : [];
  }
  const paths =
    type === 'argoproj.io/Application'
      ? [['spec', 'source', 'helm', 'valuesObject', 'meshConfig']]
      : [
          ['spec', 'meshConfig'],
          ['spec', 'values', 'meshConfig'],
        ];
  return paths.flatMap((path) => root.find(...path) ?? []);
}
