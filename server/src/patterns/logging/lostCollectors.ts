import { instanceName } from '../../rules/parts/instanceName.ts';
import type { Participant, PatternInstance } from '../../rules/pattern.ts';
import { SERVING_TYPES, WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { monitorTargets, POD_MONITOR, SERVICE_MONITOR } from '../metrics/monitorTargets.ts';
import { alertsBeside, analysesBeside, retentionsBeside } from './besideCollector.ts';
import { logConfigurationOf, readersOf } from './logConfigurations.ts';
import { isAgent, isStorage } from './logImages.ts';

/** The series by which a collector tells of itself, and its name as monitors and charts write it. */
const AGENTS: readonly { readonly series: RegExp; readonly name: RegExp }[] = [
  { series: /fluentbit_/, name: /fluent-?bit/i },
  { series: /fluentd_/, name: /fluentd/i },
  { series: /filebeat_/, name: /filebeat/i },
  { series: /promtail_/, name: /promtail/i },
];
/** What brings programs whose manifests are not in the workspace. */
const INSTALLERS = ['argoproj.io/Application', 'helm.toolkit.fluxcd.io/HelmRelease', 'terraform/helm_release'];

/** The logging of a workspace in which no collector runs, by what is left of one: its configuration, or its monitor. */
export function* lostCollectors(graph: ResourceGraph): Iterable<PatternInstance> {
  if (graph.all(...WORKLOAD_TYPES).some(isAgent)) return;
  yield* unreadConfigurations(graph);
  yield* idleMonitors(graph);
}

/** A whole configuration, from an input to an output, that no workload beside it mounts. */
function* unreadConfigurations(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const configMap of graph.all('ConfigMap')) {
    const sections = logConfigurationOf(configMap)?.sections ?? [];
    if (!['input', 'output'].every((kind) => sections.some((section) => section.kind === kind))) continue;
    if (readersOf(configMap, graph).length > 0 || graph.isIncomplete(configMap)) continue;
    if (graph.near(configMap, 'helm/Chart').length > 0 || graph.near(configMap, ...SERVING_TYPES).length === 0)
      continue;
    const storage = graph.near(configMap, ...WORKLOAD_TYPES).filter(isStorage);
    yield useOf(instanceName(configMap, graph), configMap, [named('configuration', configMap)], storage, graph);
  }
}

/** A monitor of a collector that finds no pods, beside alerts on the collector's series and a storage for its logs. */
function* idleMonitors(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const monitor of graph.all(POD_MONITOR, SERVICE_MONITOR)) {
    const agent = AGENTS.find(({ name }) => name.test(monitor.name ?? ''));
    if (!agent || isInstalled(agent.name, graph)) continue;
    const { resources, certain } = monitorTargets(monitor, graph);
    if (resources.length > 0 || !certain) continue;
    const storage = graph.near(monitor, ...WORKLOAD_TYPES).filter(isStorage);
    if (storage.length === 0 || alertsBeside(monitor, graph, agent.series).length === 0) continue;
    yield useOf(instanceName(monitor, graph), monitor, [], storage, graph);
  }
}

/** A chart may bring the collector, or a template may write its image: then its name stands there. */
function isInstalled(name: RegExp, graph: ResourceGraph): boolean {
  return graph
    .all(...INSTALLERS, ...WORKLOAD_TYPES)
    .some(({ root, uri }) => name.test(uri) || name.test(root.source.slice(root.span)));
}

function useOf(
  name: string,
  anchor: Resource,
  own: readonly Participant[],
  storage: readonly Resource[],
  graph: ResourceGraph,
): PatternInstance {
  const beside = {
    storage,
    analysis: analysesBeside(anchor, graph),
    alerts: alertsBeside(anchor, graph),
  };
  return {
    pattern: 'logging',
    name,
    participants: [
      ...own,
      ...Object.entries(beside).flatMap(([role, resources]) => resources.map((resource) => named(role, resource))),
      ...retentionsBeside(anchor, graph).map((resource) => named('retention', resource)),
    ],
    missing: [
      'collector',
      ...(own.length > 0 ? [] : ['configuration']),
      ...Object.entries(beside).flatMap(([role, resources]) => (resources.length > 0 ? [] : role)),
    ],
  };
}

function named(role: string, resource: Resource): Participant {
  return { role, resource, at: resource.root.find('metadata', 'name') ?? resource.root };
}
