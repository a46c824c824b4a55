import { stringify } from 'yaml';
import { defineRule } from '../../rules/contract.ts';
import { describesPods } from '../../rules/parts/podMakers.ts';
import type { TextEdit } from '../../text/sourceText.ts';
import { describe, type Resource } from '../../workspace/resource.ts';
import { policySelector } from '../service-mesh/policyScope.ts';
import { AUTHORIZATION_POLICY, demandsToken, policiesBeside, REQUEST_AUTHENTICATION } from './tokenDemand.ts';

/** A RequestAuthentication refuses wrong tokens. Requests without a token it lets through. */
export const rule = defineRule({
  id: 'jwt-authentication/token-not-demanded',
  severity: 'warning',
  profile: 'recommended',
  types: [REQUEST_AUTHENTICATION],
  *check(resource, graph) {
    const rules = resource.root.find('spec', 'jwtRules');
    if (!rules || resource.name === undefined) return;
    if (!resource.root.lacks('spec', 'targetRefs') || !resource.root.lacks('spec', 'targetRef')) return;
    if (policiesBeside(resource, graph).some((policy) => demandsToken(policy) !== false)) return;
    // A policy of another folder or chart may be meant for the same pods.
    const elsewhere = graph
      .all(AUTHORIZATION_POLICY)
      .some((policy) => graph.setOf(policy) !== graph.setOf(resource) && demandsToken(policy) !== false);
    if (elsewhere) return;
    const isCertain = graph.near(resource, AUTHORIZATION_POLICY).length > 0 || describesPods(resource, graph);
    yield {
      at: rules.keyPlace,
      message: `${describe(resource)} admits requests without a token: no AuthorizationPolicy demands one.`,
      ...(isCertain ? {} : { strict: true }),
      fixes: [{ title: 'Refuse requests without a token', safe: false, edits: () => [refusal(resource)] }],
    };
  },
});

/** A policy behind the document, for the same pods. */
function refusal(resource: Resource): TextEdit {
  const { source, span } = resource.root;
  const selector = policySelector(resource);
  const policy = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: {
      name: `${resource.name}-required`,
      ...(resource.namespace === undefined ? {} : { namespace: resource.namespace }),
    },
    spec: {
      ...(selector ? { selector: { matchLabels: selector.value } } : {}),
      action: 'DENY',
      rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }],
    },
  };
  const lead = source.text.slice(0, span.end).endsWith('\n') ? '' : source.lineBreak;
  const text = `---\n${stringify(policy, { lineWidth: 0 })}`.replaceAll('\n', source.lineBreak);
  return { uri: source.uri, span: { start: span.end, end: span.end }, newText: lead + text };
}
