import { ruleSeverity } from '../configuration/ruleSeverity.ts';
import type { Profile, Severity } from '../rules/contract.ts';

/** The user's `slipway.*` settings that the server reads. */
export interface SettingValues {
  readonly profile: Profile;
  /** By rule id, pattern id, glob or `*`, as in `slipway.yaml`. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
}

const DEFAULTS: SettingValues = { profile: 'recommended', severities: {} };

/** The latest settings, and who wants to know when they change. */
export class Settings {
  #values: SettingValues = DEFAULTS;
  readonly #listeners: (() => void)[] = [];

  get values(): SettingValues {
    return this.#values;
  }

  /** Takes what the client sent for the section `slipway`; anything malformed counts as not set. */
  update(sent: unknown): void {
    const values = readSettings(sent);
    if (JSON.stringify(values) === JSON.stringify(this.#values)) return;
    this.#values = values;
    for (const listener of this.#listeners) listener();
  }

  onDidChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** The severity the user chose for a rule: the most exact entry counts. What a `slipway.yaml` says comes before it. */
  severityOf(ruleId: string): Severity | 'off' | undefined {
    return ruleSeverity(this.#values.severities, ruleId);
  }
}

function readSettings(sent: unknown): SettingValues {
  const { profile, severities } = (typeof sent === 'object' && sent !== null ? sent : {}) as Record<string, unknown>;
  const entries = typeof severities === 'object' && severities !== null ? Object.entries(severities) : [];
  return {
    profile: profile === 'strict' ? 'strict' : 'recommended',
    severities: Object.fromEntries(
      entries.filter((entry): entry is [string, Severity | 'off'] =>
        ['error', 'warning', 'information', 'off'].includes(entry[1] as string),
      ),
    ),
  };
}
