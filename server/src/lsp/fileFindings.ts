import { diagnose, type Inspection } from '../features/diagnostics.ts';
import { type ReportedFinding, RuleSet } from '../rules/runRules.ts';
import type { Snapshot } from '../workspace/world.ts';
import type { Faults } from './faults.ts';
import type { LiveWorkspace } from './liveWorkspace.ts';
import type { Settings } from './settings.ts';

const NO_RULES = new RuleSet([]);

/** What is to be said about each file in the present snapshot; computed when asked for, and once. */
export class FileFindings {
  readonly #workspace: LiveWorkspace;
  readonly #settings: Settings;
  readonly #rules: RuleSet;
  readonly #inspections: readonly Inspection[];
  readonly #faults: Faults;
  #known:
    | { readonly snapshot: Snapshot; readonly complete: boolean; readonly byFile: Map<string, ReportedFinding[]> }
    | undefined;

  constructor(
    workspace: LiveWorkspace,
    settings: Settings,
    rules: RuleSet,
    inspections: readonly Inspection[],
    faults: Faults,
  ) {
    this.#workspace = workspace;
    this.#settings = settings;
    this.#rules = rules;
    this.#inspections = inspections;
    this.#faults = faults;
    settings.onDidChange(() => {
      this.#known = undefined;
    });
  }

  /** Until the workspace is read, only what a file says by itself: its syntax and its schema. */
  of(uri: string): readonly ReportedFinding[] {
    const snapshot = this.#workspace.snapshot();
    const complete = this.#workspace.isLoaded;
    if (this.#known?.snapshot !== snapshot || this.#known.complete !== complete) {
      this.#known = { snapshot, complete, byFile: new Map() };
    }
    const { byFile } = this.#known;
    let findings = byFile.get(uri);
    if (!findings) {
      findings = diagnose(snapshot, uri, {
        profile: this.#settings.values.profile,
        rules: complete ? this.#rules : NO_RULES,
        inspections: this.#inspections,
        severityOf: (rule) => this.#settings.severityOf(rule),
        onFault: (rule, resource, error) => this.#faults.report(`rule ${rule.id} on ${resource.uri}`, error),
      });
      byFile.set(uri, findings);
    }
    return findings;
  }
}
