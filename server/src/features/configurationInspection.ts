import { readConfiguration } from '../configuration/readConfiguration.ts';
import { namesRule } from '../configuration/ruleSeverity.ts';
import { CONFIGURATION } from '../configuration/settings.ts';
import { matchesWhole } from '../configuration/textPattern.ts';
import type { KnownRules } from '../rules/knownRules.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import type { SchemaProblem, SchemaProblemCode } from '../schema/schemaProblem.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import type { Span } from '../text/sourceText.ts';
import type { Inspection } from './diagnostics.ts';

const CODES: Readonly<Partial<Record<SchemaProblemCode, string>>> = {
  'schema/unknown-field': 'unknown-key',
  'schema/missing-field': 'missing-key',
  'schema/wrong-type': 'wrong-type',
};

/** Finds what `slipway.yaml` says in vain: keys and values that are none, and names that no rule has. */
export function configurationInspection(known: KnownRules): Inspection {
  return function* inspect(file) {
    for (const { type, root } of file.facts.resources) {
      if (type !== CONFIGURATION) continue;
      for (const problem of readConfiguration(root).problems) yield reportProblem(problem);
      for (const { node, name, span } of ruleNames(root)) {
        const finding = unknownRule(node, name, span, known);
        if (finding) yield finding;
      }
      yield* unreadablePatterns(root);
    }
  };
}

function reportProblem({ code, node, span, message, replacement, related }: SchemaProblem): ReportedFinding {
  const { source } = node;
  return {
    rule: { id: `configuration/${CODES[code] ?? 'invalid-value'}` },
    severity: 'error',
    finding: {
      at: { source, span },
      message: message.replace('a field of the document', 'a key of slipway.yaml').replace('a field of', 'a key of'),
      ...(related
        ? { related: related.map((place) => ({ at: { source, span: place.span }, message: place.message })) }
        : {}),
      ...(replacement
        ? {
            fixes: [
              {
                title: replacement.title,
                safe: replacement.safe,
                edits: () => [{ uri: source.uri, span: replacement.span, newText: replacement.newText }],
              },
            ],
          }
        : {}),
    },
  };
}

/** Every place where a rule, pattern, group or glob is named. */
function* ruleNames(root: SourceNode): Iterable<{ node: SourceNode; name: string; span: Span }> {
  const choices = [root.find('rules'), ...(root.find('overrides')?.items ?? []).map((item) => item.find('rules'))];
  for (const rules of choices) {
    for (const node of rules?.entries ?? []) {
      if (node.key !== undefined && node.keySpan) yield { node, name: node.key, span: node.keySpan };
    }
  }
  for (const item of root.find('suppressions')?.items ?? []) {
    for (const node of item.find('rules')?.items ?? []) {
      if (typeof node.scalar === 'string') yield { node, name: node.scalar, span: node.span };
    }
  }
}

function unknownRule(node: SourceNode, name: string, span: Span, known: KnownRules): ReportedFinding | undefined {
  if (known.has(name) || known.ids.some((id) => namesRule(name, id))) return undefined;
  const { source } = node;
  const near = known.nearest(name);
  const written = source.slice(span);
  const isPlain = written === name;
  return {
    rule: { id: 'configuration/unknown-rule' },
    severity: 'warning',
    finding: {
      at: { source, span },
      message: `No rule or pattern is called ${name}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
      ...(near !== undefined && isPlain
        ? { fixes: [{ title: `Use ${near}`, safe: false, edits: () => [{ uri: source.uri, span, newText: near }] }] }
        : {}),
    },
  };
}

function* unreadablePatterns(root: SourceNode): Iterable<ReportedFinding> {
  const policies = [
    root.find('policies'),
    ...(root.find('overrides')?.items ?? []).map((item) => item.find('policies')),
  ];
  for (const policy of policies) {
    for (const map of ['labels', 'annotations']) {
      for (const item of policy?.find(map, 'required')?.items ?? []) {
        const pattern = item.find('pattern');
        if (typeof pattern?.scalar !== 'string' || matchesWhole(pattern.scalar, '') !== undefined) continue;
        yield {
          rule: { id: 'configuration/invalid-value' },
          severity: 'error',
          finding: {
            at: pattern,
            message: `\`${pattern.scalar}\` is not a regular expression without look-around and back-references.`,
          },
        };
      }
    }
  }
}
