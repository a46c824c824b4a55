import type { Severity } from '../rules/contract.ts';
import type { Place, SourceNode } from '../text/sourceNode.ts';
import type { FileSettings, Policies } from './configuration.ts';
import { minorOf } from './readConfiguration.ts';
import { ruleSeverity } from './ruleSeverity.ts';

/** One part of a `slipway.yaml` that counts for a file: its settings for all files, or an override. */
export interface SettingLayer {
  /** The same for the same part of the same file. */
  readonly id: string;
  readonly settings: FileSettings;
  /** The map that `settings` was read from. */
  readonly node: SourceNode;
}

const NO_POLICIES: Policies = Object.freeze({});

/** Settings one over the other, the last one on top. Most files of a workspace share one stack, and what it worked out. */
export class SettingLayers {
  readonly #layers: readonly SettingLayer[];
  readonly #severities = new Map<string, Severity | 'off' | undefined>();
  #policies: Policies | undefined;

  constructor(layers: readonly SettingLayer[]) {
    this.#layers = layers;
  }

  get profile(): FileSettings['profile'] {
    return this.#top('profile');
  }

  get kubernetesMinor(): number | undefined {
    return minorOf(this.#top('kubernetesVersion'));
  }

  get policies(): Policies {
    this.#policies ??= this.#layers.reduce<Policies>(
      (below, { settings }) => merge(below, settings.policies ?? {}),
      NO_POLICIES,
    );
    return this.#policies;
  }

  /** Of the top layer that speaks of the rule. */
  severityOf(ruleId: string): Severity | 'off' | undefined {
    if (!this.#severities.has(ruleId)) this.#severities.set(ruleId, this.#severity(ruleId));
    return this.#severities.get(ruleId);
  }

  /** The rule's own id is a key of the top layer that has it, and does not switch it off. */
  names(ruleId: string): boolean {
    const own = this.#layers.findLast(({ settings }) => settings.rules && Object.hasOwn(settings.rules, ruleId));
    return own !== undefined && own.settings.rules?.[ruleId] !== 'off';
  }

  /** Where the top layer that has it writes something under `policies`. */
  policyPlace(path: readonly string[]): Place | undefined {
    for (const { node } of this.#layers.toReversed()) {
      const found = node.find('policies', ...path);
      if (found) return found.keyPlace;
    }
    return undefined;
  }

  #severity(ruleId: string): Severity | 'off' | undefined {
    for (const { settings } of this.#layers.toReversed()) {
      const severity = settings.rules && ruleSeverity(settings.rules, ruleId);
      if (severity !== undefined) return severity;
    }
    return undefined;
  }

  #top<Key extends keyof FileSettings>(key: Key): FileSettings[Key] | undefined {
    return this.#layers.findLast(({ settings }) => settings[key] !== undefined)?.settings[key];
  }
}

/** Maps are merged key by key; everything else is replaced. */
function merge<Value extends object>(below: Value, above: Value): Value {
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const before = merged[key];
    merged[key] = isMap(before) && isMap(value) ? merge(before, value) : value;
  }
  return merged as Value;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
