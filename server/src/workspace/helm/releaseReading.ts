import { readTemplate } from '../../languages/helm/readTemplate.ts';
import type { TemplateCall, TemplateReading } from '../../languages/helm/templateReading.ts';
import { type Shape, shapeKey, UNKNOWN } from '../../languages/helm/templateShape.ts';
import type { BlockNode, DefineNode, TemplateNode } from '../../languages/helm/templateSyntax.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { Chart, ChartTemplate } from './chart.ts';

/** A named template. */
export interface TemplateDefinition {
  readonly name: string;
  readonly node: DefineNode | BlockNode;
  readonly template: ChartTemplate;
  readonly chart: Chart;
}

/** A template file, or a named template, with one kind of argument. */
export interface TemplateRun {
  readonly template: ChartTemplate;
  readonly chart: Chart;
  /** Undefined for what a file holds outside of definitions. */
  readonly definition: TemplateDefinition | undefined;
  readonly dot: Shape;
  readonly reading: TemplateReading;
  /** Nobody is seen to call it; that its argument is the root is a guess, good for offers, not for findings. */
  readonly isAssumed: boolean;
}

/** A call of a named template. */
export interface PlacedCall {
  readonly call: TemplateCall;
  readonly run: TemplateRun;
}

/** What the templates of a chart, its parents and its dependencies do: Helm renders them with one set of names. */
export interface ReleaseReading {
  readonly charts: ReadonlySet<Chart>;
  /** By name; where a name is defined more than once the last one loaded counts. */
  readonly definitions: ReadonlyMap<string, readonly TemplateDefinition[]>;
  readonly runs: readonly TemplateRun[];
  /** By name of the template that is called. */
  readonly calls: ReadonlyMap<string, readonly PlacedCall[]>;
  runsIn(uri: string): readonly TemplateRun[];
}

/** A template that is called in more ways than this is followed no further. */
const RUNS_PER_DEFINITION = 16;

/** Reads all templates of the charts that are installed together with `chart`. Computed once per graph. */
export function releaseReading(graph: ResourceGraph, chart: Chart): ReleaseReading {
  const charts = connected(chart);
  const first = [...charts].map(({ folder }) => folder).sort()[0]!;
  return graph.memo(`helm release ${first}`, () => read(charts));
}

/** The chart whose folder a shape or use names. */
export function chartIn({ charts }: ReleaseReading, folder: string): Chart | undefined {
  for (const chart of charts) if (chart.folder === folder) return chart;
  return undefined;
}

function connected(chart: Chart): ReadonlySet<Chart> {
  const found = new Set([chart]);
  // A set also goes through what is added to it on the way.
  for (const { parents, dependencies } of found) {
    for (const parent of parents) found.add(parent.chart);
    for (const dependency of dependencies) if (dependency.chart) found.add(dependency.chart);
  }
  return found;
}

function read(charts: ReadonlySet<Chart>): ReleaseReading {
  const definitions = new Map<string, TemplateDefinition[]>();
  const runs: TemplateRun[] = [];
  const calls = new Map<string, PlacedCall[]>();
  const done = new Map<TemplateDefinition, Set<string>>();
  const waiting: { definition: TemplateDefinition; dot: Shape }[] = [];

  const run = (
    chart: Chart,
    template: ChartTemplate,
    body: readonly TemplateNode[],
    dot: Shape,
    definition?: TemplateDefinition,
    isAssumed = false,
  ): void => {
    const reading = readTemplate(body, dot);
    const made: TemplateRun = { template, chart, definition, dot, reading, isAssumed };
    runs.push(made);
    for (const call of reading.calls) {
      append(calls, call.name, { call, run: made });
      for (const called of definitions.get(call.name) ?? []) {
        waiting.push({ definition: called, dot: call.argument ?? UNKNOWN });
      }
    }
  };
  const follow = (): void => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { definition, dot } = next;
      const seen = done.get(definition) ?? new Set();
      done.set(definition, seen);
      const key = shapeKey(dot);
      if (seen.has(key) || seen.size >= RUNS_PER_DEFINITION) continue;
      seen.add(key);
      run(definition.chart, definition.template, definition.node.body, dot, definition);
    }
  };

  for (const chart of charts) {
    for (const template of chart.templates) {
      for (const node of template.template.definitions) {
        if (node.name) append(definitions, node.name.value, { name: node.name.value, node, template, chart });
      }
    }
  }
  for (const chart of charts) {
    const root: Shape = { kind: 'root', chart: chart.folder };
    for (const template of chart.templates) run(chart, template, template.template.nodes, root);
  }
  follow();
  for (const definition of [...definitions.values()].flat()) {
    if (done.has(definition)) continue;
    const { chart, template, node } = definition;
    run(chart, template, node.body, { kind: 'root', chart: chart.folder }, definition, true);
  }
  follow();

  const byFile = new Map<string, TemplateRun[]>();
  for (const made of runs) append(byFile, made.template.uri, made);
  return { charts, definitions, runs, calls, runsIn: (uri) => byFile.get(uri) ?? [] };
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
