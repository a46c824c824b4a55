/** A folder of rules that belong to no pattern: `syntax`, `pod-security` … No recognition, snippet or Apply. */
export interface RuleGroup {
  readonly id: string;
  readonly title: string;
  /** One sentence: what these rules are about. */
  readonly summary: string;
}
