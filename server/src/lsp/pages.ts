/** The packaged pages of patterns and groups: what a diagnostic links to, offline. */
export interface Pages {
  /** The page of a pattern (`canary`) or the section of a rule (`canary/subset-without-pods`). */
  linkTo(id: string): string;
  /** The Markdown of a pattern's or group's page; undefined where there is none. */
  read(id: string): Promise<string | undefined>;
}
