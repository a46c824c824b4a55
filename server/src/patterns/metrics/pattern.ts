import { metricTypeOf } from '../../languages/promql/metricType.ts';
import { readPromqlDuration } from '../../languages/promql/promqlDuration.ts';
import { everyPart } from '../../languages/promql/promqlExpression.ts';
import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyMetrics } from './applyMetrics.ts';
import { holdsDashboards } from './dashboards.ts';
import { monitorTargets, POD_MONITOR, SERVICE_MONITOR } from './monitorTargets.ts';
import { formatPromqlDuration } from './scrapes.ts';
import { ALERTMANAGER, ALERTMANAGER_CONFIG, PROMETHEUS } from './servers.ts';
import { PROMETHEUS_RULE, queriesOf, rulesOf } from './writtenQueries.ts';

const TYPES: Readonly<Record<string, string>> = {
  counter: 'a counter: it only grows, so look at its `rate` or `increase`',
  gauge: 'a gauge: it goes up and down, so look at it as it is, or at `delta`, `deriv`, `max_over_time`',
  buckets: 'the buckets of a histogram: `histogram_quantile` over their `rate`, grouped by `le`, gives quantiles',
  'sum or count':
    'the sum or the count of a histogram or summary, which only grows: the `rate` of the sum by that of the count is the mean',
};

export const pattern = definePattern({
  id: 'metrics',
  title: 'Metrics',
  category: 'observability',
  summary:
    'Has Prometheus ask applications for their numbers, shows them in Grafana, and tells people when they are bad.',
  roles: {
    application: { title: 'application that is measured', required: true },
    monitor: { title: 'monitor that finds it', required: true },
    prometheus: { title: 'Prometheus', required: true },
    dashboard: { title: 'dashboard', required: true },
    alerts: { title: 'alerting rules', required: true },
    alertmanager: { title: 'Alertmanager', required: true },
  },
  *recognize(graph) {
    for (const members of bySet(graph)) {
      const participants = members.flatMap((member) => [...participantsOf(member, graph)]);
      const plays = (role: string) => participants.some((participant) => participant.role === role);
      // The operator and its servers often come with a chart; they are missed only where parts of them stand here.
      const runsServers = members.some(({ type }) => type === PROMETHEUS || type === ALERTMANAGER);
      const tellsServers = members.some(
        ({ type, root }) => type === PROMETHEUS && root.find('spec', 'alerting') !== undefined,
      );
      const isElsewhere = members.some((member) => mayMeasureElsewhere(member, graph));
      yield {
        pattern: 'metrics',
        name: nameOf(members, graph),
        participants: unique(participants),
        missing: [
          ...(plays('application') || isElsewhere ? [] : ['application']),
          ...(plays('monitor') ? [] : ['monitor']),
          ...(plays('prometheus') || !runsServers ? [] : ['prometheus']),
          ...(plays('dashboard') ? [] : ['dashboard']),
          ...(plays('alerts') ? [] : ['alerts']),
          ...(plays('alertmanager') || !tellsServers ? [] : ['alertmanager']),
        ],
      };
    }
  },
  explanations: [
    {
      types: [PROMETHEUS_RULE],
      path: ['spec', 'groups', '*', 'rules', '*', 'expr'],
      text(field, resource) {
        const written = queriesOf(resource).find(({ at }) => at.span.start === field.span.start);
        const names = new Set<string>();
        for (const part of written ? everyPart(written.query.expression) : [])
          if (part.kind === 'vector' && part.name !== undefined) names.add(part.name);
        const lines = [...names].flatMap((name) => {
          const type = metricTypeOf(name);
          return type ? [`- \`${name}\` is ${TYPES[type]}.`] : [];
        });
        return lines.length > 0 ? `**What this asks for.**\n\n${lines.join('\n')}` : undefined;
      },
    },
    {
      types: [PROMETHEUS_RULE],
      path: ['spec', 'groups', '*', 'rules', '*', 'for'],
      text(field) {
        const wait = readPromqlDuration(field.scalar);
        const every = readPromqlDuration(field.parent?.parent?.parent?.find('interval')?.scalar) ?? 30_000;
        if (wait === undefined) return undefined;
        return `**Patience.** The alert is pending until its query has been true for ${formatPromqlDuration(wait)}: ${Math.ceil(wait / every) + 1} evaluations in a row, one every ${formatPromqlDuration(every)}. One that is false starts it anew.`;
      },
    },
    {
      types: [SERVICE_MONITOR, POD_MONITOR],
      path: ['spec', '*', '*', 'interval'],
      text(field) {
        const every = readPromqlDuration(field.scalar);
        if (!every) return undefined;
        return `**How often it is asked.** Every ${formatPromqlDuration(every)}: ${Math.round(86_400_000 / every)} samples a day for each series. A \`rate\` needs a window of at least ${formatPromqlDuration(2 * every)}; ${formatPromqlDuration(4 * every)} survives a scrape that fails.`;
      },
    },
  ],
  apply: applyMetrics,
});

const OPERATED = [SERVICE_MONITOR, POD_MONITOR, PROMETHEUS, PROMETHEUS_RULE, ALERTMANAGER, ALERTMANAGER_CONFIG];

/** What belongs to the measuring of one document set; sets without any are left out. */
function bySet(graph: ResourceGraph): readonly (readonly Resource[])[] {
  const sets = new Map<string, Resource[]>();
  const measured = graph
    .all(...WORKLOAD_TYPES, 'Service')
    .filter((resource) => scrapeAnnotation(resource)?.text() === 'true');
  for (const resource of [...graph.all(...OPERATED), ...measured]) {
    const set = graph.setOf(resource);
    sets.set(set, [...(sets.get(set) ?? []), resource]);
  }
  return [...sets.values()].map((members) => {
    const besides = graph
      .near(members[0]!, 'ConfigMap', 'grafana.integreatly.org/GrafanaDashboard')
      .filter((resource) => holdsDashboards(resource) || rulesOf(resource).length > 0 || isServerFile(resource));
    return [...members, ...besides];
  });
}

function* participantsOf(resource: Resource, graph: ResourceGraph): Iterable<Participant> {
  const at = resource.root.find('metadata', 'name') ?? resource.root;
  const { type } = resource;
  if (type === SERVICE_MONITOR || type === POD_MONITOR) {
    yield { role: 'monitor', resource, at };
    for (const target of monitorTargets(resource, graph).resources) yield* measuredBehind(target, graph);
  }
  const annotation = scrapeAnnotation(resource);
  if (annotation) {
    yield* measuredBehind(resource, graph);
    yield { role: 'monitor', resource, at: annotation };
  }
  if (type === PROMETHEUS || isServerFile(resource)) yield { role: 'prometheus', resource, at };
  if (holdsDashboards(resource)) yield { role: 'dashboard', resource, at };
  if (rulesOf(resource).some(({ rule }) => rule.find('alert'))) yield { role: 'alerts', resource, at };
  if (type === ALERTMANAGER) yield { role: 'alertmanager', resource, at };
}

/** A workload, or a Service with the pods that it stands for. */
function* measuredBehind(target: Resource, graph: ResourceGraph): Iterable<Participant> {
  const pods =
    target.type === 'Service' ? podsByLabels(target, target.root.find('spec', 'selector'), graph).workloads : [];
  for (const resource of [target, ...pods.map((workload) => workload.resource)])
    yield { role: 'application', resource, at: resource.root.find('metadata', 'name') ?? resource.root };
}

/** A monitor whose targets a template, a chart or another repository has. */
function mayMeasureElsewhere(monitor: Resource, graph: ResourceGraph): boolean {
  if (monitor.type !== SERVICE_MONITOR && monitor.type !== POD_MONITOR) return false;
  const { certain, mayBeElsewhere, describesTargets } = monitorTargets(monitor, graph);
  return !certain || mayBeElsewhere || !describesTargets;
}

/** By the convention of Prometheus' own examples, pods and Services say that they want to be asked. */
function scrapeAnnotation(resource: Resource) {
  const metadata =
    resource.type === 'Service' ? resource.root.find('metadata') : workloadOf(resource)?.template?.find('metadata');
  return metadata?.find('annotations', 'prometheus.io/scrape');
}

/** The configuration of a Prometheus that runs without the operator. */
function isServerFile({ type, root }: Resource): boolean {
  return type === 'ConfigMap' && /^ *scrape_configs:/m.test(root.text('data', 'prometheus.yml') ?? '');
}

function nameOf(members: readonly Resource[], graph: ResourceGraph): string {
  const server = members.find(({ type }) => type === PROMETHEUS);
  const [first] = members as [Resource];
  return server ? instanceName(server, graph) : first.namespace || instanceName(first, graph);
}

function unique(participants: readonly Participant[]): readonly Participant[] {
  const seen = new Map<string, Participant>();
  for (const participant of participants) {
    const key = `${participant.role} ${participant.at.source.uri} ${participant.at.span.start}`;
    if (!seen.has(key)) seen.set(key, participant);
  }
  return [...seen.values()];
}
