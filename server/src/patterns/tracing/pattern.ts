import { instanceName } from '../../rules/parts/instanceName.ts';
import { serviceOf } from '../../rules/parts/serviceAddress.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import { podsByLabels, servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { callersOf } from '../../workspace/kubernetes/serviceCalls.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyTracing } from './applyTracing.ts';
import { COLLECTOR, CONFIGURATION_TYPES, collectorConfigurationsOf, runnersOf } from './collectorConfiguration.ts';
import { TELEMETRY } from './providerUnknown.ts';
import { SENDING_TYPES, spanDestinationsOf } from './spanDestinations.ts';

export const pattern = definePattern({
  id: 'tracing',
  title: 'Tracing',
  category: 'observability',
  summary:
    'Follows each request through all services: spans go to a collector, which hands them to a storage that shows them.',
  roles: {
    application: { title: 'application that sends spans', required: true },
    collector: { title: 'collector', required: true },
    configuration: { title: 'configuration of the collector', required: false },
    storage: { title: 'storage of the traces', required: true },
    sampling: { title: 'sampling in the mesh', required: false },
  },
  *recognize(graph) {
    for (const configured of graph.all(...CONFIGURATION_TYPES)) {
      const configurations = collectorConfigurationsOf(configured);
      const isOfTraces = configurations.some(({ root }) =>
        root.find('service', 'pipelines')?.entries.some(({ key }) => key?.split('/')[0] === 'traces'),
      );
      const isTemplated = !isOfTraces && hidesTraces(configured);
      if ((!isOfTraces && !isTemplated) || configurations.some(({ root }) => root.find('extensions', 'jaeger_storage')))
        continue;
      const collectors = configured.type === COLLECTOR ? [configured] : runnersOf(configured, graph);
      const applications = sendersTo(configured, collectors, graph);
      const { storage, isElsewhere } = storageOf(configured, graph);
      yield {
        pattern: 'tracing',
        name: instanceName(collectors[0] ?? configured, graph),
        participants: [
          ...collectors.map((resource) => named('collector', resource)),
          named('configuration', configured),
          ...applications.map((resource) => named('application', resource)),
          ...storage.map((resource) => named('storage', resource)),
          ...graph
            .near(configured, TELEMETRY)
            .filter(({ root }) => root.find('spec', 'tracing'))
            .map((resource) => named('sampling', resource)),
        ],
        missing: [
          ...(applications.length > 0 || isTemplated ? [] : ['application']),
          ...(collectors.length > 0 || isTemplated ? [] : ['collector']),
          ...(storage.length > 0 || isElsewhere ? [] : ['storage']),
        ],
      };
    }
  },
  explanations: [
    {
      types: [TELEMETRY],
      path: ['spec', 'tracing', '*', 'randomSamplingPercentage'],
      text(field) {
        const share = field.number();
        if (share === undefined) return undefined;
        return `**Sampling.** The first proxy of a request decides: ${share} of 100 requests are traced${share > 0 ? `, one in ${Math.round(100 / share)}` : ''}. The others follow its decision by the header \`traceparent\`, as long as the applications pass it on.`;
      },
    },
    {
      types: CONFIGURATION_TYPES,
      path: ['**', 'limit_percentage'],
      text: (field) =>
        `**Memory.** At ${field.text()} % of the container's memory the collector begins to refuse data, which its senders send again.`,
    },
  ],
  apply: applyTracing,
});

function named(role: string, resource: Resource): Participant {
  return { role, resource, at: resource.root.find('metadata', 'name') ?? resource.root };
}

/** Lines of a configuration that sends traces. */
const LINES = [/^ *exporters:/m, /^ *service:/m, /^ *pipelines:/m, /^ *traces(?:\/[\w-]+)?:/m];

/** A template writes a part of the configuration, which is not read then; its pipelines of traces stand there all the same. */
function hidesTraces({ type, root }: Resource): boolean {
  if (type !== 'ConfigMap') return false;
  return (root.find('data')?.entries ?? []).some(({ source, span }) => {
    const text = source.slice(span);
    return text.includes('{{') && LINES.every((line) => line.test(text));
  });
}

/**
 * The workloads that send spans to one of these collectors, by their environment or a ConfigMap of it; and those that are
 * told its address by a name of their own.
 */
function sendersTo(configured: Resource, collectors: readonly Resource[], graph: ResourceGraph): readonly Resource[] {
  const services = new Set(
    collectors.flatMap((collector) => {
      const workload = workloadOf(collector);
      return workload ? servicesOf(workload, graph) : [];
    }),
  );
  const senders = graph.all(...SENDING_TYPES).filter((sender) =>
    spanDestinationsOf(sender).some(({ address }) => {
      if (collectors.includes(sender) || sender === configured) return false;
      const target = serviceOf(address.host, sender, graph);
      if (target?.status === 'found') return services.has(target.resource);
      return configured.type === COLLECTOR && address.host.split('.')[0] === `${configured.name}-collector`;
    }),
  );
  const told = [...services].flatMap((service) =>
    callersOf(service, graph).flatMap(({ caller }) => caller?.resource ?? []),
  );
  return [
    ...new Set([
      ...senders.flatMap((sender) => senderOf(sender, graph)),
      ...told.filter((caller) => !collectors.includes(caller)),
    ]),
  ];
}

/** What the exporters of a configuration send to. */
function storageOf(configured: Resource, graph: ResourceGraph) {
  const storage: Resource[] = [];
  const destinations = spanDestinationsOf(configured);
  let isElsewhere = destinations.length === 0;
  for (const { address } of destinations) {
    const target = serviceOf(address.host, configured, graph);
    if (target?.status !== 'found') {
      isElsewhere ||= target?.status !== 'missing' || !target.certain;
      continue;
    }
    const pods = podsByLabels(target.resource, target.resource.root.find('spec', 'selector'), graph);
    storage.push(...pods.workloads.map(({ resource }) => resource));
    isElsewhere ||= pods.workloads.length === 0 && !pods.certain;
  }
  return { storage: [...new Set(storage)], isElsewhere };
}

/** The workload itself, or those whose environment a ConfigMap is; without any, the ConfigMap stands for them. */
function senderOf(sender: Resource, graph: ResourceGraph): readonly Resource[] {
  if (workloadOf(sender)) return [sender];
  const runners = runnersOf(sender, graph);
  return runners.length > 0 ? runners : [sender];
}
