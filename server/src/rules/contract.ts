import type { Place } from '../text/sourceNode.ts';
import type { TextEdit } from '../text/sourceText.ts';
import type { Resource, ResourceType } from '../workspace/resource.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';

/**
 * error: will be rejected, or breaks traffic or data. warning: works until something fails. information: could be
 * better.
 */
export type Severity = 'error' | 'warning' | 'information';

/**
 * recommended: what a senior engineer would say in review of a well-kept repository. strict: everything, policies
 * included.
 */
export type Profile = 'recommended' | 'strict';

export interface RelatedPlace {
  readonly at: Place;
  readonly message: string;
}

/** A change that mends a finding. `edits` is computed when asked for; it never touches what it reads. */
export interface Fix {
  /** A verb phrase in the user's own names: `Use the labels of cart`. */
  readonly title: string;
  /** Safe fixes keep the meaning the author plainly had and may be applied in bulk. */
  readonly safe: boolean;
  edits(): readonly TextEdit[];
}

/** One fault at one place. `at` lies in the file of the resource that was checked; other files are `related`. */
export interface Finding {
  readonly at: Place;
  /** One sentence: what is wrong here, with the user's own names. */
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
  /** Deviates from the rule's own severity for this finding. */
  readonly severity?: Severity;
  /** Only said in the strict profile, although the rule as such is recommended. */
  readonly strict?: true;
  /** Those of the rule's equivalents that mean this finding, where the rule answers more of them. */
  readonly equivalents?: readonly string[];
}

/**
 * One fault that Slipway knows. A rule is a value: pure, frozen, without state, so that it may run for any resource at
 * any time. It speaks of one resource; what it needs of others it asks the graph.
 */
export interface Rule {
  /** `pattern/fault`, e.g. `canary/subset-without-pods`. The fault, not the wish. Ids are for ever. */
  readonly id: `${string}/${string}`;
  readonly severity: Severity;
  readonly profile: Profile;
  /** The kinds of resources that `check` is called with; `ANY_OBJECT` for every object of the Kubernetes API. */
  readonly types: readonly ResourceType[];
  /** Ids of other tools' rules with the same meaning: `kube-linter:latest-tag`. */
  readonly equivalents?: readonly string[];
  check(resource: Resource, graph: ResourceGraph): Iterable<Finding>;
}

/** In `Rule.types`: whatever carries an apiVersion, custom resources included. */
export const ANY_OBJECT = '*';

/** Fills the defaults and freezes; the one way to write a rule. */
export function defineRule(rule: Rule): Rule {
  return Object.freeze(rule);
}
