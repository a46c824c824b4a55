import type { Resource, ResourceType } from '../workspace/resource.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';
import type { Finding, Profile, Rule, Severity } from './contract.ts';

/** A finding with the rule that made it and the severity that counts. */
export interface ReportedFinding {
  readonly rule: Pick<Rule, 'id' | 'equivalents'>;
  readonly severity: Severity;
  readonly finding: Finding;
}

export interface RunOptions {
  readonly profile: Profile;
  /** Severity or `off` by rule id, pattern id (`canary`) or `*`; the most exact one counts. */
  severityOf?(ruleId: string, uri: string): Severity | 'off' | undefined;
  /** A rule that threw. It costs its own findings on this resource and nothing else. */
  onFault(rule: Rule, resource: Resource, error: unknown): void;
}

/** Rules by the type of resource that they speak of, built once per list of rules. */
export class RuleSet {
  readonly rules: readonly Rule[];
  readonly #byType = new Map<ResourceType, Rule[]>();

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
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
        if (rule.profile === 'strict' && options.profile !== 'strict') continue;
        const chosen = options.severityOf?.(rule.id, resource.uri);
        if (chosen === 'off') continue;
        for (const finding of this.#check(rule, resource, graph, options)) {
          if (finding.strict && options.profile !== 'strict') continue;
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
