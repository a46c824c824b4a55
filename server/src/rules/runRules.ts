import type { Resource, ResourceType } from '../workspace/resource.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';
import { withWrittenFixes } from './builtFixes.ts';
import { ANY_OBJECT, type Finding, type Profile, type Rule, type Severity } from './contract.ts';
import { KnownRules, type RuleOwner } from './knownRules.ts';

/** A finding with the rule that made it and the severity that counts. */
export interface ReportedFinding {
  readonly rule: Pick<Rule, 'id' | 'equivalents'>;
  readonly severity: Severity;
  readonly finding: Finding;
}

export interface RunOptions {
  readonly profile: Profile;
  /** The severity that was chosen for a rule in a file, or `off`. */
  severityOf?(ruleId: string, uri: string): Severity | 'off' | undefined;
  /** The rule was asked for by its id, so that it runs and says everything whatever the profile is. */
  isDemanded?(ruleId: string): boolean;
  /** A rule that threw. It costs its own findings on this resource and nothing else. */
  onFault(rule: Rule, resource: Resource, error: unknown): void;
}

const NO_FINDINGS: Finding[] = [];

/** Rules by the type of resource that they speak of, built once per list of rules. */
export class RuleSet {
  readonly rules: readonly Rule[];
  /** The names by which these rules may be spoken of; undefined where nobody said which patterns and groups there are. */
  readonly known: KnownRules | undefined;
  readonly #byType = new Map<ResourceType, Rule[]>();

  constructor(rules: readonly Rule[], owners?: readonly RuleOwner[]) {
    this.rules = rules;
    this.known = owners && new KnownRules(rules, owners);
    for (const rule of rules) {
      for (const type of rule.types) {
        const members = this.#byType.get(type);
        if (members) members.push(rule);
        else this.#byType.set(type, [rule]);
      }
    }
  }

  /** All findings on these resources, each fault once even where several sets include the file. */
  run(resources: Iterable<Resource>, graph: ResourceGraph, options: RunOptions): ReportedFinding[] {
    const reported = new Map<string, ReportedFinding>();
    const byPlace = new Map<string, Resource>();
    for (const resource of resources) {
      for (const rule of this.#rulesFor(resource)) {
        const isStrict = options.profile === 'strict' || options.isDemanded?.(rule.id) === true;
        if (rule.profile === 'strict' && !isStrict) continue;
        const chosen = options.severityOf?.(rule.id, resource.uri);
        if (chosen === 'off') continue;
        for (const finding of this.#check(rule, resource, graph, options)) {
          if (finding.strict && !isStrict) continue;
          const { start, end } = finding.at.span;
          const place = `${rule.id} ${finding.at.source.uri} ${start} ${end}`;
          // One line of a base or a patch may be in many objects and overlays: it is told once, for the first of them.
          if (resource.built) {
            const first = byPlace.get(place);
            if (first && first !== resource) continue;
            byPlace.set(place, resource);
          }
          const key = `${place} ${finding.message}`;
          const severity = chosen ?? finding.severity ?? rule.severity;
          if (!reported.has(key))
            reported.set(key, {
              rule: finding.equivalents ? { id: rule.id, equivalents: finding.equivalents } : rule,
              severity,
              finding: asSentence(withWrittenFixes(finding, resource)),
            });
        }
      }
    }
    return [...reported.values()];
  }

  #rulesFor({ type, apiVersion }: Resource): readonly Rule[] {
    const own = this.#byType.get(type) ?? [];
    // Kustomizations and charts carry an apiVersion, and are no objects.
    const isObject = apiVersion !== '' && !/^(?:kustomize|helm|slipway)\//.test(type);
    const general = isObject ? (this.#byType.get(ANY_OBJECT) ?? []) : [];
    return general.length === 0 ? own : [...own, ...general];
  }

  #check(rule: Rule, resource: Resource, graph: ResourceGraph, options: RunOptions): Finding[] {
    try {
      // Most find nothing: a loop over a generator that ends at once takes two thirds of the time of a spread.
      let findings = NO_FINDINGS;
      for (const finding of rule.check(resource, graph)) {
        if (findings === NO_FINDINGS) findings = [];
        findings.push(finding);
      }
      return findings;
    } catch (error) {
      options.onFault(rule, resource, error);
      return [];
    }
  }
}

/** A message that begins with an object without a name (`this Deployment`, `a Service`) begins with a capital letter. */
function asSentence(finding: Finding): Finding {
  if (!/^(?:this|an?) /.test(finding.message)) return finding;
  return { ...finding, message: finding.message[0]!.toUpperCase() + finding.message.slice(1) };
}
