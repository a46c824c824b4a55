import { type PromqlQuery, parsePromql } from '../../languages/promql/parsePromql.ts';
import { embeddedDocuments } from '../../languages/yaml/embeddedDocuments.ts';
import { type ScalarText, scalarText } from '../../languages/yaml/scalarText.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import type { Span, TextEdit } from '../../text/sourceText.ts';
import type { Resource } from '../../workspace/resource.ts';
import { dashboardQueries, withoutVariables } from './dashboards.ts';

export const PROMETHEUS_RULE = 'monitoring.coreos.com/PrometheusRule';

/** Kinds that hold queries. */
export const QUERY_TYPES = [
  PROMETHEUS_RULE,
  'ConfigMap',
  'argoproj.io/AnalysisTemplate',
  'argoproj.io/ClusterAnalysisTemplate',
  'keda.sh/ScaledObject',
  'grafana.integreatly.org/GrafanaDashboard',
];

/** A PromQL query where somebody wrote it. */
export interface WrittenQuery {
  readonly at: SourceNode;
  readonly use: 'alert' | 'record' | 'panel' | 'analysis' | 'scaling';
  readonly query: PromqlQuery;
  /** The rule that evaluates it, and the group of that rule. */
  readonly rule: SourceNode | undefined;
  readonly group: SourceNode | undefined;
  /** The query is Prometheus' own for certain; that of a dashboard may go to something that knows more functions. */
  readonly certain: boolean;
  place(span: Span): Place;
  replace(span: Span, newText: string): TextEdit;
}

/** A rule of a group, whether the operator's object or a rule file holds it. */
export interface WrittenRule {
  readonly group: SourceNode;
  readonly rule: SourceNode;
}

const queries = new WeakMap<Resource, readonly WrittenQuery[]>();

/** Every query that an object holds: rules, dashboards, analyses and triggers. Templated ones are left out. */
export function queriesOf(resource: Resource): readonly WrittenQuery[] {
  const known = queries.get(resource);
  if (known) return known;
  const found = [...find(resource)];
  queries.set(resource, found);
  return found;
}

/** The groups of rules in a PrometheusRule, or in the rule files of a ConfigMap. */
export function ruleGroupsOf({ type, root }: Resource): readonly SourceNode[] {
  if (type === PROMETHEUS_RULE) return root.find('spec', 'groups')?.items ?? [];
  if (type !== 'ConfigMap') return [];
  return (root.find('data')?.entries ?? []).flatMap((file) => {
    const text = file.text();
    // Loki has the same files with another language in them.
    if (text === undefined || !/^ *-? *expr *:/m.test(text) || isOfLogs(text)) return [];
    return embeddedDocuments(file).flatMap((document) => document.find('groups')?.items ?? []);
  });
}

/** Every rule of these groups. */
export function rulesOf(resource: Resource): readonly WrittenRule[] {
  return ruleGroupsOf(resource).flatMap((group) =>
    (group.find('rules')?.items ?? []).map((rule): WrittenRule => ({ group, rule })),
  );
}

function* find(resource: Resource): Iterable<WrittenQuery> {
  for (const { group, rule } of rulesOf(resource)) {
    const use = rule.find('record') ? 'record' : rule.find('alert') ? 'alert' : undefined;
    if (use) yield* queryAt(rule.find('expr'), { use, rule, group, certain: true });
  }
  const context = { rule: undefined, group: undefined };
  for (const at of dashboardQueries(resource)) yield* queryAt(at, { ...context, use: 'panel', certain: false });
  const { type, root } = resource;
  if (type.endsWith('AnalysisTemplate')) {
    for (const metric of root.find('spec', 'metrics')?.items ?? [])
      yield* queryAt(metric.find('provider', 'prometheus', 'query'), { ...context, use: 'analysis', certain: false });
  }
  if (type === 'keda.sh/ScaledObject') {
    for (const trigger of root.find('spec', 'triggers')?.items ?? []) {
      if (trigger.text('type') !== 'prometheus') continue;
      yield* queryAt(trigger.find('metadata', 'query'), { ...context, use: 'scaling', certain: false });
    }
  }
}

function* queryAt(
  at: SourceNode | undefined,
  context: Pick<WrittenQuery, 'use' | 'rule' | 'group' | 'certain'>,
): Iterable<WrittenQuery> {
  const text = at && scalarText(at);
  if (!at || !text || text.text.includes('{{')) return;
  const readable = context.use === 'panel' ? withoutVariables(text.text) : text.text;
  if (readable === undefined) return;
  yield { at, ...context, query: parsePromql(readable), ...placesIn(at, text) };
}

function placesIn(at: SourceNode, text: ScalarText): Pick<WrittenQuery, 'place' | 'replace'> {
  return {
    place: (span) => (span.end > span.start ? { source: at.source, span: text.spanOf(span) } : at),
    replace: (span, newText) => ({ uri: at.source.uri, span: text.spanOf(span), newText }),
  };
}

/** The language of Loki: a selector of streams and what is done with their lines. */
export function isOfLogs(text: string): boolean {
  return /\|[=~>]|\}\s*\|\s*\w|!=\s*`|\bcount_over_time\(\{|rate\(\{/.test(text);
}

/** `alert ServiceErrors`, `record service:errors:ratio5m`, `this query`: what a message calls it. */
export function describeQuery({ use, rule }: WrittenQuery): string {
  const name = use === 'alert' || use === 'record' ? rule?.text(use) : undefined;
  return name === undefined ? 'this query' : `${use} ${name}`;
}
