import { embeddedDocuments } from '../../languages/yaml/embeddedDocuments.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';

const GRAFANA_DASHBOARD = 'grafana.integreatly.org/GrafanaDashboard';

/** A file of a ConfigMap, or the text of an operator's object, that is a dashboard. */
export interface DashboardFile {
  readonly at: SourceNode;
  readonly dashboards: readonly SourceNode[];
}

/** The dashboards that an object holds as JSON. */
export function dashboardsOf({ type, root }: Resource): readonly DashboardFile[] {
  const files =
    type === GRAFANA_DASHBOARD
      ? [root.find('spec', 'json')]
      : type === 'ConfigMap'
        ? (root.find('data')?.entries ?? []).filter(({ key }) => key?.endsWith('.json'))
        : [];
  return files.flatMap((at) => {
    if (!at || !/"(?:panels|rows)"\s*:/.test(at.text() ?? '')) return [];
    const dashboards = embeddedDocuments(at).flatMap((document) => document.find('dashboard') ?? document);
    return [{ at, dashboards }];
  });
}

/** The object gives dashboards to Grafana, even where a template writes them. */
export function holdsDashboards(resource: Resource): boolean {
  if (resource.type === GRAFANA_DASHBOARD) return true;
  return (
    resource.root.find('metadata', 'labels', 'grafana_dashboard') !== undefined || dashboardsOf(resource).length > 0
  );
}

/** The `expr` of every target that goes to Prometheus. */
export function* dashboardQueries(resource: Resource): Iterable<SourceNode> {
  for (const { dashboards } of dashboardsOf(resource)) {
    for (const dashboard of dashboards) {
      for (const panel of panelsOf(dashboard)) {
        for (const target of panel.find('targets')?.items ?? []) {
          const expr = target.find('expr');
          const source = target.find('datasource') ?? panel.find('datasource');
          // A name or a variable for the data source says nothing of what answers.
          if (expr && source?.text('type') === 'prometheus') yield expr;
        }
      }
    }
  }
}

function* panelsOf(node: SourceNode): Iterable<SourceNode> {
  for (const panel of node.find('panels')?.items ?? []) {
    yield panel;
    yield* panelsOf(panel);
  }
  for (const row of node.find('rows')?.items ?? []) yield* panelsOf(row);
}

const VARIABLE = /\$(?:\{[^}]*\}|\w+)|\[\[[^\]]*\]\]/g;

/**
 * A query of a dashboard with its variables replaced by text of the same length, so that places hold: a duration where
 * one is meant, and as they are within quotes. Undefined where a variable may stand for anything.
 */
export function withoutVariables(query: string): string | undefined {
  let isKnown = true;
  const readable = query.replace(VARIABLE, (variable, offset: number) => {
    const before = query.slice(0, offset);
    if (isInQuotes(before)) return variable;
    const duration = /[[:]\s*$/.test(before) || /\boffset\s+-?\s*$/.test(before);
    if (duration && variable.length >= 2) return VARIABLE_DURATION.padEnd(variable.length);
    isKnown = false;
    return variable;
  });
  return isKnown ? readable : undefined;
}

/** As long as no window that anybody would choose for `rate` by hand, so that nothing is concluded from its length. */
const VARIABLE_DURATION = '9y';

function isInQuotes(before: string): boolean {
  return (before.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}
