import { readPromqlDuration } from '../../languages/promql/promqlDuration.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { monitorTargets, POD_MONITOR, SERVICE_MONITOR } from './monitorTargets.ts';

/** How often a monitor has its targets asked. */
export interface Scrape {
  readonly monitor: Resource;
  /** Values of the label `job` of what it brings; undefined where they cannot be told. */
  readonly jobs: readonly string[] | undefined;
  /** Undefined where a template or Prometheus itself says it. */
  readonly intervalMilliseconds: number | undefined;
  readonly at: SourceNode;
}

/** The operator's default, where neither monitor nor Prometheus says an interval. */
const DEFAULT_INTERVAL = 30_000;

/** The endpoints of a monitor, of either kind. */
export function endpointsOf({ type, root }: Resource): readonly SourceNode[] {
  return root.find('spec', type === SERVICE_MONITOR ? 'endpoints' : 'podMetricsEndpoints')?.items ?? [];
}

/** Every scrape of the set of a resource. */
export function scrapesNear(from: Resource, graph: ResourceGraph): readonly Scrape[] {
  return graph.memo(`scrapes ${graph.setOf(from)}`, () =>
    graph.near(from, SERVICE_MONITOR, POD_MONITOR).flatMap((monitor) => {
      const jobs = jobsOf(monitor, graph);
      return endpointsOf(monitor).map((endpoint): Scrape => {
        const interval = endpoint.find('interval');
        return {
          monitor,
          jobs,
          intervalMilliseconds: interval
            ? readPromqlDuration(interval.text())
            : endpoint.lacks('interval')
              ? defaultInterval(monitor, graph)
              : undefined,
          at: interval ?? endpoint,
        };
      });
    }),
  );
}

/** `ServiceMonitor orders scrapes every 30s`. */
export function describeScrape({ monitor, intervalMilliseconds }: Scrape): string {
  return `${describeOther(monitor)} scrapes every ${formatPromqlDuration(intervalMilliseconds ?? 0)}`;
}

/** A duration as PromQL spells it: `90s`, `2m`. */
export function formatPromqlDuration(milliseconds: number): string {
  if (milliseconds % 3_600_000 === 0 && milliseconds > 0) return `${milliseconds / 3_600_000}h`;
  if (milliseconds % 60_000 === 0 && milliseconds > 0) return `${milliseconds / 60_000}m`;
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

function defaultInterval(monitor: Resource, graph: ResourceGraph): number | undefined {
  const servers = graph.near(monitor, 'monitoring.coreos.com/Prometheus');
  // Without the server at hand nobody knows what it says.
  if (servers.length !== 1) return undefined;
  const { root } = servers[0]!;
  const written = root.find('spec', 'scrapeInterval');
  if (written) return readPromqlDuration(written.text());
  return root.lacks('spec', 'scrapeInterval') ? DEFAULT_INTERVAL : undefined;
}

function jobsOf(monitor: Resource, graph: ResourceGraph): readonly string[] | undefined {
  const { resources, certain, mayBeElsewhere } = monitorTargets(monitor, graph);
  const { root } = monitor;
  const jobLabel = root.text('spec', 'jobLabel');
  if (relabels(monitor) || (jobLabel === undefined && !root.lacks('spec', 'jobLabel'))) return undefined;
  // Whatever is selected by this label carries it.
  const selected = jobLabel === undefined ? undefined : root.text('spec', 'selector', 'matchLabels', jobLabel);
  if (selected !== undefined) return [selected];
  if (!certain || mayBeElsewhere || resources.length === 0) return undefined;
  if (jobLabel === undefined) {
    if (monitor.type === POD_MONITOR)
      return monitor.name === undefined || monitor.namespace === undefined
        ? undefined
        : [`${monitor.namespace}/${monitor.name}`];
    const names = resources.map(({ name }) => name);
    return names.every((name) => name !== undefined) ? names : undefined;
  }
  const values = resources.map((resource) =>
    (workloadOf(resource)?.podLabels ?? resource.root.find('metadata', 'labels'))?.text(jobLabel),
  );
  return values.every((value) => value !== undefined) ? [...new Set(values)] : undefined;
}

/** A relabeling may write the label `job` anew. */
function relabels(monitor: Resource): boolean {
  return endpointsOf(monitor).some((endpoint) =>
    ['relabelings', 'metricRelabelings'].some((field) => {
      const list = endpoint.find(field);
      if (!list) return !endpoint.lacks(field);
      return (
        list.open || list.items.some((item) => item.text('targetLabel') === 'job' || item.text('action') === 'labelmap')
      );
    }),
  );
}
