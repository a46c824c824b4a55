import { replaceValue, setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Fix } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { TextEdit } from '../../text/sourceText.ts';
import { DESTINATION_RULE, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { describe, type Resource } from '../../workspace/resource.ts';
import { trafficPolicies } from './trafficPolicies.ts';

interface Deprecation {
  readonly at: SourceNode;
  /** What to write instead, in the words of the reference. */
  readonly instead: string;
  readonly fix?: Fix;
}

/** What Istio's reference marks as deprecated still works, until one release takes it away. */
export const rule = defineRule({
  id: 'service-mesh/deprecated-field',
  severity: 'warning',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE, DESTINATION_RULE, 'networking.istio.io/Gateway', 'networking.istio.io/Sidecar'],
  equivalents: ['istioctl:IST0002'],
  *check(resource) {
    for (const { at, instead, fix } of deprecations(resource)) {
      const isValue = at.key === 'simple';
      yield {
        at: isValue ? at : at.keyPlace,
        message: `${isValue ? at.text() : at.key} in ${describe(resource)} is deprecated: write ${instead}.`,
        ...(fix ? { fixes: [fix] } : {}),
      };
    }
  },
});

function* deprecations({ type, root }: Resource): Iterable<Deprecation> {
  if (type === VIRTUAL_SERVICE) {
    for (const route of root.find('spec', 'http')?.items ?? []) yield* ofRoute(route);
    return;
  }
  if (type === DESTINATION_RULE) {
    for (const policy of trafficPolicies(root)) yield* ofPolicy(policy);
    return;
  }
  for (const entry of [...list(root, 'servers'), ...list(root, 'ingress'), ...list(root, 'egress')]) {
    const at = entry.find('port', 'targetPort');
    if (at) yield { at, instead: 'the port of the Service alone' };
  }
  const egressProxy = root.find('spec', 'outboundTrafficPolicy', 'egressProxy');
  if (egressProxy) yield { at: egressProxy, instead: 'a VirtualService that leads to the egress gateway' };
}

function* ofRoute(route: SourceNode): Iterable<Deprecation> {
  for (const field of ['mirrorPercent', 'mirror_percent']) {
    const at = route.find(field);
    if (at) yield { at, instead: 'mirrorPercentage', ...percentage(at, 'mirrorPercentage') };
  }
  const delay = route.find('fault', 'delay', 'percent');
  if (delay) yield { at: delay, instead: 'percentage', ...percentage(delay, 'percentage') };
  const origin = route.find('corsPolicy', 'allowOrigin');
  if (origin) yield { at: origin, instead: 'allowOrigins with exact, prefix or regex', ...origins(origin) };
}

function* ofPolicy(policy: SourceNode): Iterable<Deprecation> {
  const errors = policy.find('outlierDetection', 'consecutiveErrors');
  if (errors) yield { at: errors, instead: 'consecutive5xxErrors or consecutiveGatewayErrors' };
  const simple = policy.find('loadBalancer', 'simple');
  if (simple?.text() === 'LEAST_CONN')
    yield {
      at: simple,
      instead: 'LEAST_REQUEST',
      fix: { title: 'Use LEAST_REQUEST', safe: true, edits: () => [replaceValue(simple, 'LEAST_REQUEST')] },
    };
  const ring = policy.find('loadBalancer', 'consistentHash', 'minimumRingSize');
  if (ring) yield { at: ring, instead: 'ringHash.minimumRingSize' };
}

function list(root: SourceNode, field: string): readonly SourceNode[] {
  return root.find('spec', field)?.items ?? [];
}

/** `percent: 5` becomes `percentage: { value: 5 }` in its place. */
function percentage(at: SourceNode, key: string): { fix?: Fix } {
  const value = at.number();
  if (value === undefined) return {};
  return { fix: { title: `Use ${key}`, safe: true, edits: () => rewrite(at, key, { value }) } };
}

function origins(at: SourceNode): { fix?: Fix } {
  const written = at.items.flatMap((item) => item.text() ?? []);
  if (at.open || written.length !== at.items.length || written.length === 0) return {};
  const matches = written.map((origin) => (origin === '*' ? { regex: '.*' } : { exact: origin }));
  return { fix: { title: 'Use allowOrigins', safe: true, edits: () => rewrite(at, 'allowOrigins', matches) } };
}

/** Writes another key with another value in the place of an entry. */
function rewrite(at: SourceNode, key: string, value: unknown): TextEdit[] {
  const { keySpan, source } = at;
  if (!keySpan) return [];
  return [{ uri: source.uri, span: keySpan, newText: key }, ...setValue(at.parent!, [at.key!], value)];
}
