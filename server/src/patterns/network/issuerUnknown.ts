import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { INGRESS } from './ingresses.ts';

/** A certificate whose issuer does not exist is never issued. */
export const rule = defineRule({
  id: 'network/issuer-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ['cert-manager.io/Certificate', INGRESS],
  equivalents: ['kubevious:certificate-to-issuer-ref', 'kubevious:ingress-to-cert-issuer-ref'],
  *check(resource, graph) {
    for (const { writtenAt, target, to } of graph.edgesFrom(resource, 'issued-by')) {
      if (target.status !== 'missing') continue;
      yield {
        at: writtenAt,
        message: `There is no ${to[0]!.slice(to[0]!.indexOf('/') + 1)} ${writtenAt.text()} for ${describe(resource)}.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
