import type { Place, SourceNode } from '../../text/sourceNode.ts';
import { folderOf } from '../../workspace/documentSets.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** A Chart.yaml. */
export const CHART = 'helm/Chart';
/** A values file. */
export const VALUES = 'helm/Values';

/** `Chart cart`, or `this chart` where it has no name. */
export function chartName({ name }: Resource): string {
  return name === undefined ? 'this chart' : `chart ${name}`;
}

/** The dependencies that a Chart.yaml names, with what they are called in the values of this chart. */
export function dependenciesOf(chart: Resource): readonly Dependency[] {
  return (
    chart.root.find('dependencies')?.items.map((node) => {
      const name = node.text('name');
      const alias = node.text('alias');
      return { node, name, alias, key: alias ?? name };
    }) ?? []
  );
}

export interface Dependency {
  readonly node: SourceNode;
  readonly name: string | undefined;
  readonly alias: string | undefined;
  /** The key under which this chart gives it values. */
  readonly key: string | undefined;
}

/** The place of what a file or one of its maps lacks: its name, or else its first key. */
export function placeOfMissing(map: SourceNode): Place {
  return (map.find('name') ?? map.entries[0] ?? map).keyPlace;
}

/** The chart's own values.yaml. */
export function valuesOf(chart: Resource, graph: ResourceGraph): Resource | undefined {
  const folder = folderOf(chart);
  return graph.near(chart, VALUES).find(({ uri }) => uri === `${folder}values.yaml` || uri === `${folder}values.yml`);
}
