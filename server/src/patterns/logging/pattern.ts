import { instanceName } from '../../rules/parts/instanceName.ts';
import { clusterHost, serviceOf } from '../../rules/parts/serviceAddress.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { queriesOf, rulesOf } from '../metrics/writtenQueries.ts';
import { applyLogging } from './applyLogging.ts';
import { logConfigurationOf } from './logConfigurations.ts';
import { logDestinationsOf } from './logDestinations.ts';
import { settingOf } from './logFile.ts';
import { isAgent, isAnalysis, isStorage } from './logImages.ts';
import { globsMeet } from './tags.ts';

/** Series that tell how the logs fare on their way. */
const LOG_SERIES = /fluentbit_|fluentd_|filebeat_|vector_|promtail_|loki_|elasticsearch_|opensearch_/;

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
      const analyses = analysesOf(collector, graph);
      const alerts = graph
        .near(collector, 'monitoring.coreos.com/PrometheusRule', 'ConfigMap')
        .filter((resource) => rulesOf(resource).length > 0)
        .filter((resource) =>
          queriesOf(resource).some(({ query, use }) => use === 'alert' && LOG_SERIES.test(query.text)),
        );
      const plays = (role: string) => participants.some((participant) => participant.role === role);
      yield {
        pattern: 'logging',
        name: instanceName(collector, graph),
        participants: [
          ...participants,
          ...analyses.map((resource) => named('analysis', resource)),
          ...alerts.map((resource) => named('alerts', resource)),
          ...retentionsOf(collector, graph).map((resource) => named('retention', resource)),
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

function analysesOf(collector: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph.near(collector, ...WORKLOAD_TYPES).filter((resource) => isAnalysis(resource) && !isStorage(resource));
}

/** Policies that delete old logs: by name of the field that every storage has for it. */
function retentionsOf(collector: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph
    .near(collector, 'ConfigMap')
    .filter(({ root }) =>
      (root.find('data')?.entries ?? []).some((entry) =>
        /"delete"\s*:|retention_period:|"min_age"\s*:/.test(entry.text() ?? ''),
      ),
    );
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
