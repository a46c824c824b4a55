import type { Profile } from '../rules/contract.ts';
import type { KnownRules } from '../rules/knownRules.ts';
import type { Pattern, WorkspaceChange } from '../rules/pattern.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import type { Snapshot } from '../workspace/world.ts';

/** What the tools of an assistant work on. The command line and the language server each give their own. */
export interface ToolWorkspace {
  readonly snapshot: Snapshot;
  /** The files that are checked: those of the workspace, and not the settings above it. */
  readonly files: readonly string[];
  readonly patterns: readonly Pattern[];
  /** The names of patterns, groups and rules. */
  readonly known: KnownRules;
  /** What is to be said of a file; without a profile, by the one that is set for it. */
  findingsOf(uri: string, profile: Profile | undefined): readonly ReportedFinding[];
  /** The page of a pattern or group. */
  page(id: string): Promise<string | undefined>;
  /** The path by which an answer names a file. */
  pathOf(uri: string): string;
  /** The URI of a path that an assistant names; rejects with `ToolRefusal` what lies outside of the workspace. */
  uriOf(path: string): Promise<string>;
  /** Makes a change, all of it or nothing; rejects with `ToolRefusal` where a file changed meanwhile or is in the way. */
  write(change: WorkspaceChange, label: string): Promise<void>;
  /** Lets others have their turn, and rejects when the answer is no longer wanted. Called often. */
  rest(done: number, total: number): Promise<void>;
}
