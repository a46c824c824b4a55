import type { Resource, ResourceType } from '../workspace/resource.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';
import type { Finding, Profile, Rule, Severity } from './contract.ts';
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
    for (const resource of resources) {
      for (const rule of this.#byType.get(resource.type) ?? []) {
        const isStrict = options.profile === 'strict' || options.isDemanded?.(rule.id) === true;
        if (rule.profile === 'strict' && !isStrict) continue;
        const chosen = options.severityOf?.(rule.id, resource.uri);
        if (chosen === 'off') continue;
        for (const finding of this.#check(rule, resource, graph, options)) {
          if (finding.strict && !isStrict) continue;
          const { start, end } = finding.at.span;
          const key = `${rule.id} ${finding.at.source.uri} ${start} ${end} ${finding.message}`;
          const severity = chosen ?? finding.severity ?? rule.severity;
          if (!reported.has(key)) reported.set(key, { rule, severity, finding: asSentence(finding) });
        }
      }
    }
    return [...reported.values()];
  }

  #check(rule: Rule, resource: Resource, graph: ResourceGraph, options: RunOptions): Finding[] {
    try {
      return [...rule.check(resource, graph)];
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
