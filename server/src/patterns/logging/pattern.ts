import { instanceName } from '../../rules/parts/instanceName.ts';
import { clusterHost, serviceOf } from '../../rules/parts/serviceAddress.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyLogging } from './applyLogging.ts';
import { alertsBeside, analysesBeside, retentionsBeside } from './besideCollector.ts';
import { logConfigurationOf } from './logConfigurations.ts';
import { logDestinationsOf } from './logDestinations.ts';
import { settingOf } from './logFile.ts';
import { isAgent } from './logImages.ts';
import { lostCollectors } from './lostCollectors.ts';
import { globsMeet } from './tags.ts';

export const pattern = definePattern({
  id: 'logging',
  title: 'Logging',
  category: 'observability',
  summary: 'Collects what applications print on every node, keeps it in one place, and has it searched and watched.',
  roles: {
    application: { title: 'application that prints', required: false },
    collector: { title: 'collector on each node', required: true },
    configuration: { title: 'configuration of the collector', required: true },
    storage: { title: 'storage', required: true },
    analysis: { title: 'analysis', required: true },
    alerts: { title: 'alerts on logs that are lost', required: true },
    retention: { title: 'retention', required: false },
  },
  *recognize(graph) {
    for (const collector of graph.all('apps/DaemonSet').filter(isAgent)) {
      const { participants, storage, isStoredElsewhere } = hops(collector, graph);
      const analyses = analysesBeside(collector, graph);
      const alerts = alertsBeside(collector, graph);
      const plays = (role: string) => participants.some((participant) => participant.role === role);
      yield {
        pattern: 'logging',
        name: instanceName(collector, graph),
        participants: [
          ...participants,
          ...analyses.map((resource) => named('analysis', resource)),
          ...alerts.map((resource) => named('alerts', resource)),
          ...retentionsBeside(collector, graph).map((resource) => named('retention', resource)),
          ...applicationsOf(collector, graph).map((resource) => named('application', resource)),
        ],
        missing: [
          ...(plays('configuration') || !isConfiguredHere(collector, graph) ? [] : ['configuration']),
          ...(storage.length > 0 || isStoredElsewhere ? [] : ['storage']),
          // Who keeps the storage elsewhere looks at it there.
          ...(analyses.length > 0 || (storage.length === 0 && isStoredElsewhere) ? [] : ['analysis']),
          ...(alerts.length > 0 ? [] : ['alerts']),
        ],
      };
    }
    yield* lostCollectors(graph);
  },
  explanations: [
    {
      types: ['ConfigMap'],
      path: ['data', '*'],
      text(field, resource, graph) {
        const configuration = logConfigurationOf(resource);
        if (!configuration?.files.some(({ file }) => file.key === field.key)) return undefined;
        const count = (kind: string) => configuration.sections.filter((section) => section.kind === kind);
        const outputs = count('output').map((section) => {
          const host = settingOf(section, 'host')?.value;
          const match = settingOf(section, 'match')?.value;
          return `- \`${match ?? '*'}\` → ${section.plugin ?? 'an output'}${host ? ` at ${host}` : ''}`;
        });
        const inputs = count('input').map(
          (section) => `\`${settingOf(section, 'tag')?.value ?? section.plugin ?? ''}\``,
        );
        const readers = graph.edgesTo(resource, 'configured-by').map(({ source }) => source.name);
        return [
          `**The way of the logs** in ${configuration.agent}${readers.length > 0 ? ` (${[...new Set(readers)].join(', ')})` : ''}: ${inputs.length} inputs give the tags ${inputs.join(', ')}; ${count('filter').length} filters; then`,
          '',
          ...outputs,
        ].join('\n');
      },
    },
  ],
  apply: applyLogging,
});

function named(role: string, resource: Resource): Participant {
  return { role, resource, at: resource.root.find('metadata', 'name') ?? resource.root };
}

/** The collector, what configures it, and the storage to which that sends. */
function hops(collector: Resource, graph: ResourceGraph) {
  const participants: Participant[] = [named('collector', collector)];
  const storage: Resource[] = [];
  let isStoredElsewhere = false;
  for (const { target } of graph.edgesFrom(collector, 'configured-by')) {
    if (target.status !== 'found' || target.resource.type !== 'ConfigMap') {
      if (target.status === 'unknown') isStoredElsewhere = true;
      continue;
    }
    const configMap = target.resource;
    participants.push(named('configuration', configMap));
    for (const { address, hostAt } of logDestinationsOf(configMap)) {
      const service = serviceOf(address.host, configMap, graph);
      if (service?.status !== 'found') {
        isStoredElsewhere ||= service?.status !== 'missing' || !showsNamespace(address.host, configMap, graph);
        continue;
      }
      const pods = podsByLabels(service.resource, service.resource.root.find('spec', 'selector'), graph).workloads;
      if (pods.length === 0)
        isStoredElsewhere ||= graph.isIncomplete(service.resource) || !hasWorkloads(service.resource, graph);
      storage.push(...pods.map(({ resource }) => resource));
      participants.push({
        role: 'storage',
        resource: service.resource,
        at: service.resource.root.find('metadata', 'name') ?? hostAt,
      });
    }
    const configuration = logConfigurationOf(configMap);
    // Outputs to a cloud, or those that a template writes, go where no manifest is.
    if (
      configuration?.open ||
      configuration?.sections.some(
        ({ kind, plugin }) =>
          kind === 'output' && /cloud|kinesis|s3|stackdriver|azure|datadog|newrelic/.test(plugin ?? ''),
      )
    )
      isStoredElsewhere = true;
  }
  participants.push(...[...new Set(storage)].map((resource) => named('storage', resource)));
  return { participants, storage, isStoredElsewhere };
}

/** The files hold other Services of the namespace that a host names, so that this one should be among them. */
function showsNamespace(host: string, writer: Resource, graph: ResourceGraph): boolean {
  const namespace = clusterHost(host, writer, graph)?.namespace;
  return namespace !== undefined && graph.near(writer, 'Service').some((service) => service.namespace === namespace);
}

function hasWorkloads(service: Resource, graph: ResourceGraph): boolean {
  return graph.sameNamespace(service, WORKLOAD_TYPES).length > 0;
}

/** The collector's own command names a file that it mounts from here. */
function isConfiguredHere(collector: Resource, graph: ResourceGraph): boolean {
  return graph
    .edgesFrom(collector, 'configured-by')
    .some(({ to, target }) => to.includes('ConfigMap') && target.status === 'missing' && target.certain);
}

/** The workloads whose log files are read, by the names that the nodes give to those: `pod_namespace_container-id.log`. */
function applicationsOf(collector: Resource, graph: ResourceGraph): readonly Resource[] {
  const patterns = graph
    .edgesFrom(collector, 'configured-by')
    .flatMap(({ target }) => (target.status === 'found' ? (logConfigurationOf(target.resource)?.sections ?? []) : []))
    .flatMap((section) => (section.kind === 'input' ? (settingOf(section, 'path')?.value ?? '').split(',') : []))
    .flatMap((path) => (path.trim().startsWith('/var/log/containers/') ? path.trim().slice(20) : []));
  return graph
    .near(collector, ...SERVING_TYPES)
    .filter((resource) => resource !== collector && resource.name !== undefined)
    .filter(({ name, namespace }) =>
      patterns.some((pattern) => meetsFile(pattern, [`${name}-*`, namespace ?? '*', '*.log'])),
    );
}

/** Names of pods, namespaces and containers hold no `_`, so that a pattern with all three is compared part by part. */
function meetsFile(pattern: string, parts: readonly string[]): boolean {
  const patterns = pattern.split('_');
  if (patterns.length !== parts.length) return globsMeet(pattern, parts.join('_'));
  return patterns.every((part, index) => globsMeet(part, parts[index]!));
}
