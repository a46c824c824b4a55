import type { RuleGroup } from '../rules/group.ts';
import type { Pattern } from '../rules/pattern.ts';
import type { DrawPicture } from '../rules/picture.ts';
import type { RuleSet } from '../rules/runRules.ts';

/** The patterns, groups and rules that a server knows. */
export interface RuleCatalog {
  readonly patterns: readonly Pattern[];
  readonly groups: readonly RuleGroup[];
  readonly rules: RuleSet;
  /** What patterns draw themselves, by their ids. */
  readonly pictures: Readonly<Record<string, DrawPicture>>;
}
