import type { Place, SourceNode } from '../text/sourceNode.ts';
import type { TextEdit } from '../text/sourceText.ts';
import type { Resource, ResourceType } from '../workspace/resource.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';

/** The categories of the catalog, in the order in which the Patterns view shows them. */
export const CATEGORIES = [
  'delivery',
  'communication',
  'data',
  'microservices',
  'resilience',
  'caching',
  'security',
  'deployment',
  'observability',
  'infrastructure',
  'cost',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** One thing that plays a role in a recognised pattern; `at` is where a click leads. */
export interface Participant {
  readonly role: string;
  readonly resource: Resource;
  readonly at: Place;
}

/** A use of a pattern that was found in the workspace. */
export interface PatternInstance {
  readonly pattern: string;
  /** What it is about, in the user's names: `catalog in shop`. */
  readonly name: string;
  readonly participants: readonly Participant[];
  /** Required roles that nothing plays; the key into `Pattern.roles`. */
  readonly missing: readonly string[];
}

export interface Role {
  /** Noun phrase shown in the view: `stable workload`. */
  readonly title: string;
  /** An instance without this role is incomplete. */
  readonly required: boolean;
}

/** A change of several files that the editor applies as one step and can undo as one. */
export interface WorkspaceChange {
  readonly edits: readonly TextEdit[];
  readonly creates: readonly { readonly uri: string; readonly text: string }[];
}

/** Explains one field in the terms of the pattern; `text` is Markdown and may use this file's numbers. */
export interface FieldExplanation {
  readonly types: readonly ResourceType[];
  /** `*` stands for any list index or key, `**` at the beginning for any way down to the next segment. */
  readonly path: readonly string[];
  text(field: SourceNode, resource: Resource, graph: ResourceGraph): string | undefined;
}

/** One pattern of the catalog. Its folder holds its rules, its README (page, hover and test) and its snippets. */
export interface Pattern {
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  /** One sentence: what it is for. */
  readonly summary: string;
  readonly roles: Readonly<Record<string, Role>>;
  /** Faults that inspections report under this pattern and its page explains. */
  readonly codes?: readonly string[];
  recognize(graph: ResourceGraph): Iterable<PatternInstance>;
  readonly explanations?: readonly FieldExplanation[];
  /** Adds the pattern to a workload, with names, labels, ports and namespace taken from it; undefined where it has no place. */
  apply?(workload: Resource, graph: ResourceGraph): WorkspaceChange | undefined;
}

export function definePattern(pattern: Pattern): Pattern {
  return Object.freeze(pattern);
}
