import { type DiagnosticOptions, diagnose, type Inspection } from '../features/diagnostics.ts';
import { TERRAFORM_SCHEMA_FAULTS } from '../features/terraformInspection.ts';
import { checkRendered, type RenderedOutput } from '../render/checkRendered.ts';
import type { Profile } from '../rules/contract.ts';
import { type ReportedFinding, RuleSet } from '../rules/runRules.ts';
import type { Chart } from '../workspace/helm/chart.ts';
import type { Snapshot } from '../workspace/world.ts';
import type { Faults } from './faults.ts';
import { type InitializationOptions, isYielded } from './initializationOptions.ts';
import type { LiveWorkspace } from './liveWorkspace.ts';
import type { Settings } from './settings.ts';

const NO_RULES = new RuleSet([]);

/** What findings are made of. */
export interface FindingSources {
  readonly workspace: LiveWorkspace;
  readonly settings: Settings;
  readonly rules: RuleSet;
  readonly inspections: readonly Inspection[];
  readonly options: InitializationOptions;
  readonly faults: Faults;
}

/** What is to be said about each file in the present snapshot; computed when asked for, and once. */
export class FileFindings {
  readonly #sources: FindingSources;
  #known:
    | { readonly snapshot: Snapshot; readonly complete: boolean; readonly byFile: Map<string, ReportedFinding[]> }
    | undefined;

  constructor(sources: FindingSources) {
    this.#sources = sources;
    sources.settings.onDidChange(() => {
      this.#known = undefined;
    });
  }

  /** Until the workspace is read, only what a file says by itself: its syntax and its schema. */
  of(uri: string): readonly ReportedFinding[] {
    const { workspace } = this.#sources;
    const snapshot = workspace.snapshot();
    const complete = workspace.isLoaded;
    if (this.#known?.snapshot !== snapshot || this.#known.complete !== complete) {
      this.#known = { snapshot, complete, byFile: new Map() };
    }
    const { byFile } = this.#known;
    let findings = byFile.get(uri);
    if (!findings) {
      findings = this.#diagnose(snapshot, uri, complete);
      byFile.set(uri, findings);
    }
    return findings;
  }

  /** The same by a profile that was chosen for this once, whatever is set. */
  ofProfile(uri: string, profile: Profile): readonly ReportedFinding[] {
    const { workspace } = this.#sources;
    return diagnose(workspace.snapshot(), uri, { ...this.#options(workspace.isLoaded), forcedProfile: profile });
  }

  /** The same for a chart as Helm rendered it; nothing until the workspace is read. */
  ofRendered(chart: Chart, rendered: RenderedOutput): readonly ReportedFinding[] {
    const { workspace } = this.#sources;
    return workspace.isLoaded ? checkRendered(workspace.snapshot(), chart, rendered, this.#options(true)) : [];
  }

  #diagnose(snapshot: Snapshot, uri: string, complete: boolean): ReportedFinding[] {
    const findings = diagnose(snapshot, uri, this.#options(complete));
    const language = snapshot.files.get(uri)?.language.id;
    const isYieldedSchema = language !== undefined && isYielded(this.#sources.options, language, 'schema');
    if (!isYieldedSchema) return findings;
    return findings.filter(({ rule: { id } }) => !id.startsWith('schema/') && !TERRAFORM_SCHEMA_FAULTS.has(id));
  }

  #options(complete: boolean): DiagnosticOptions {
    const { faults, inspections, rules, settings } = this.#sources;
    return {
      profile: settings.values.profile,
      rules: complete ? rules : NO_RULES,
      inspections,
      severityOf: (rule) => settings.severityOf(rule),
      onFault: (rule, resource, error) => faults.report(`rule ${rule.id} on ${resource.uri}`, error),
    };
  }
}
