import type { SourceNode } from '../text/sourceNode.ts';
import type { Resource, ResourceType } from './resource.ts';
import type { LoadedFile } from './world.ts';

/**
 * What a name stands for. `missing`: nothing in the set has this name. That is `certain` where the set holds other
 * things of that type and namespace, so that this one would be among them; else it may well live in a cluster that is
 * not in the workspace, and only the strict profile speaks of it. `unknown`: a template writes names here, or another
 * set of the workspace has the name.
 */
export type Lookup =
  | { readonly status: 'found'; readonly resource: Resource }
  | { readonly status: 'missing'; readonly certain: boolean }
  | { readonly status: 'unknown' };

/** `true`, `false`, or undefined where a template or a foreign namespace leaves it open. */
export type Ternary = boolean | undefined;

/** One reference that a file writes: from a resource, by a value, to what it stands for. */
export interface Edge {
  readonly relation: string;
  readonly source: Resource;
  readonly writtenAt: SourceNode;
  /** The resource types that may answer, most likely first. */
  readonly to: readonly ResourceType[];
  readonly target: Lookup;
}

/** Finds the references of one kind of resource. One finder feeds the dangling check, definition, references, rename, completion and counts. */
export interface EdgeFinder {
  readonly relation: string;
  readonly from: readonly ResourceType[];
  find(source: Resource, graph: ResourceGraph): Iterable<Edge>;
}

/**
 * All resources of a workspace and what joins them. A graph is one immutable state; derived answers are computed on
 * first use and kept. Every question is asked from a resource, and only its own document set answers: two overlays or
 * two charts never answer each other.
 */
export interface ResourceGraph {
  /** Every resource of these types in all sets. */
  all(...types: readonly ResourceType[]): readonly Resource[];
  /** The resources of these types in the set of `from`. */
  near(from: Resource, ...types: readonly ResourceType[]): readonly Resource[];
  /** As `near`, but only those whose namespace agrees with that of `from` (or with `namespace`, where given). */
  sameNamespace(from: Resource, types: readonly ResourceType[], namespace?: string): readonly Resource[];
  /** The resource of one of `types` that `name` stands for, seen from `from`. */
  lookup(from: Resource, types: readonly ResourceType[], name: string, namespace?: string): Lookup;
  /** The references that a resource writes. */
  edgesFrom(resource: Resource, relation?: string): readonly Edge[];
  /** The references of its set that this resource answers. */
  edgesTo(resource: Resource, relation?: string): readonly Edge[];
  /** The resources that a file defines, once for each set that includes the file. */
  inFile(uri: string): readonly Resource[];
  /** Built resources of other files that this file wrote a part of, by a patch or a setting of an overlay. */
  writtenIn(uri: string): readonly Resource[];
  /** A file of the workspace that was read. */
  file(uri: string): Pick<LoadedFile, 'parsed' | 'facts'> | undefined;
  /** The set of the resource has objects that no file here shows. */
  isIncomplete(resource: Resource): boolean;
  /** Id of the document set of a resource, e.g. `plain:file:///shop/deploy`. */
  setOf(resource: Resource): string;
  /** Computes once per graph and key; for indexes that several rules share. */
  memo<T>(key: string, compute: () => T): T;
  /**
   * Computes once per resource and key, and keeps the result from state to state until the resource, or what `compute`
   * asked of the graph that it is given, changes. Only the resource, that graph and constants may be asked, and the result
   * must be plain: no generator that asks later. For what is wanted of many resources at each keystroke.
   */
  derived<T>(resource: Resource, key: string, compute: (graph: ResourceGraph) => T): T;
}
