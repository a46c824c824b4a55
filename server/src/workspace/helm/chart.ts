import type { Template } from '../../languages/helm/templateSyntax.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText } from '../../text/sourceText.ts';
import type { Resource } from '../resource.ts';

/** One Helm chart of the workspace with everything that its folder holds. Immutable. */
export interface Chart {
  /** URI of the chart's folder, with its trailing slash. */
  readonly folder: string;
  readonly name: string | undefined;
  /** A library chart renders nothing; its named templates run with the values of who calls them. */
  readonly isLibrary: boolean;
  /** `Chart.yaml`. */
  readonly resource: Resource;
  /** `values.yaml`; undefined where the chart has none. */
  readonly values: ValuesFile | undefined;
  /** Other values files in the chart's folder, such as `values-production.yaml` or `ci/test-values.yaml`. */
  readonly otherValues: readonly ValuesFile[];
  /** Root of `values.schema.json`. */
  readonly schema: SourceNode | undefined;
  /** In the order of their URIs. */
  readonly templates: readonly ChartTemplate[];
  /** Those that `Chart.yaml` (or `requirements.yaml`) names, then charts in `charts/` that it does not name. */
  readonly dependencies: readonly ChartDependency[];
  /** The charts of the workspace that have this one as a dependency. */
  readonly parents: readonly ChartParent[];
}

export interface ValuesFile {
  readonly uri: string;
  readonly root: SourceNode;
  readonly resource: Resource;
}

export interface ChartTemplate {
  readonly uri: string;
  readonly source: SourceText;
  readonly resource: Resource;
  readonly template: Template;
  /** Files whose names begin with an underscore render nothing. */
  readonly isPartial: boolean;
}

export interface ChartDependency {
  readonly name: string;
  readonly alias: string | undefined;
  /** The key of the parent's values under which those of the dependency stand: the alias, or the name. */
  readonly key: string;
  /** As written, e.g. `^1.2.0`. */
  readonly version: string | undefined;
  /** As written: an address, `file://../other` or `@name`. */
  readonly repository: string | undefined;
  /** Paths of values that switch the dependency on, e.g. `redis.enabled`; the first that is set counts. */
  readonly conditions: readonly string[];
  readonly tags: readonly string[];
  readonly importValues: readonly ImportedValues[];
  /** The entry in the parent's `Chart.yaml`; undefined for a chart that just lies in `charts/`. */
  readonly node: SourceNode | undefined;
  /** Undefined where the workspace does not hold the dependency's folder. */
  readonly chart: Chart | undefined;
}

/** Values of a dependency that also appear among those of its parent. */
export interface ImportedValues {
  /** Path in the dependency's values; `exports.<name>` for the short form. */
  readonly child: readonly string[];
  /** Path in the parent's values; empty for the root. */
  readonly parent: readonly string[];
  readonly node: SourceNode;
}

export interface ChartParent {
  readonly chart: Chart;
  readonly dependency: ChartDependency;
}
