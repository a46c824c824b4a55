import { nearestName } from '../text/nearestName.ts';
import type { Profile, Rule, Severity } from './contract.ts';

/** A pattern or group, as far as names are concerned. */
export interface RuleOwner {
  readonly id: string;
  /** Faults that are reported under it by parsers and inspections, without a rule of their own. */
  readonly codes?: readonly string[];
  readonly title?: string;
  /** One sentence: what it is about. */
  readonly summary?: string;
}

/** The names by which rules may be spoken of: in `slipway.yaml`, in comments, on the command line. */
export class KnownRules {
  /** Ids of rules and of what parsers and inspections report, sorted. */
  readonly ids: readonly string[];
  /** Ids of patterns and groups, sorted. */
  readonly owners: readonly string[];
  readonly #profiles: ReadonlyMap<string, Profile>;
  readonly #severities: ReadonlyMap<string, Severity>;
  readonly #owners: ReadonlyMap<string, RuleOwner>;
  readonly #names: ReadonlySet<string>;

  constructor(rules: readonly Rule[], owners: readonly RuleOwner[]) {
    this.#profiles = new Map([
      ...owners.flatMap(({ id, codes }) =>
        (codes ?? []).map((code): [string, Profile] => [`${id}/${code}`, 'recommended']),
      ),
      ...rules.map(({ id, profile }): [string, Profile] => [id, profile]),
    ]);
    this.#severities = new Map(rules.map(({ id, severity }) => [id, severity]));
    this.#owners = new Map(owners.map((owner) => [owner.id, owner]));
    this.ids = [...this.#profiles.keys()].sort();
    this.owners = owners.map(({ id }) => id).sort();
    this.#names = new Set([...this.ids, ...this.owners]);
  }

  /** A rule, pattern or group has this name. Parsers have more codes than their groups explain. */
  has(name: string): boolean {
    return this.#names.has(name) || name.startsWith('syntax/');
  }

  /** Undefined for names that are no rule's. */
  profileOf(id: string): Profile | undefined {
    return this.#profiles.get(id);
  }

  /** Undefined for names that are no rule's, and for what parsers and inspections report. */
  severityOf(id: string): Severity | undefined {
    return this.#severities.get(id);
  }

  /** What a name stands for, as Markdown; undefined for names that nothing has. */
  explain(name: string): string | undefined {
    const [ownerId = '', fault] = name.split('/', 2);
    const owner = this.#owners.get(ownerId);
    if (!owner || (fault !== undefined && !this.#profiles.has(name))) return undefined;
    const facts = [this.#severities.get(name), this.#profiles.get(name)].filter((fact) => fact !== undefined);
    const head = [`**${name}**`, ...(fault === undefined ? [] : facts)].join(' · ');
    return [head, [owner.title, owner.summary].filter((text) => text !== undefined).join(': ')].join('\n\n');
  }

  /** The name that was probably meant. */
  nearest(name: string): string | undefined {
    if (!name.includes('/')) return nearestName(name, this.owners) ?? this.ids.find((id) => id.endsWith(`/${name}`));
    const [owner, fault] = name.split('/', 2) as [string, string];
    const ofOwner = this.ids.filter((id) => id.startsWith(`${owner}/`)).map((id) => id.slice(owner.length + 1));
    const near = nearestName(fault, ofOwner);
    if (near !== undefined) return `${owner}/${near}`;
    return this.ids.find((id) => id.endsWith(`/${fault}`)) ?? nearestName(name, this.ids);
  }
}
