/** A folder of rules that belong to no pattern: `syntax`, `pod-security` … No recognition, snippet or Apply. */
export interface RuleGroup {
  readonly id: string;
  readonly title: string;
  /** One sentence: what these rules are about. */
  readonly summary: string;
  /**
   * Faults that parsers or inspections report under this group and its page explains; a reader may have further ones that
   * explain themselves.
   */
  readonly codes?: readonly string[];
}
