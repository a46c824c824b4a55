import { defineRule } from '../../rules/contract.ts';
import { FLUX_KUSTOMIZATION, HELM_RELEASE } from '../../workspace/edges/fluxSource.ts';
import { describe } from '../../workspace/resource.ts';

/** `flux bootstrap` makes a source and a Kustomization of this name in the cluster. */
const BOOTSTRAPPED = 'flux-system';

/** Flux waits for ever for a source or another object that does not exist. */
export const rule = defineRule({
  id: 'gitops/flux-reference-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [FLUX_KUSTOMIZATION, HELM_RELEASE],
  *check(resource, graph) {
    for (const { target, to, writtenAt } of graph.edgesFrom(resource)) {
      if (target.status !== 'missing' || writtenAt.text() === BOOTSTRAPPED) continue;
      const kind = to[0]!.slice(to[0]!.indexOf('/') + 1);
      yield {
        at: writtenAt,
        message: `${describe(resource)} is never reconciled: there is no ${kind} ${writtenAt.text()}.`,
        ...(target.certain ? {} : { strict: true as const }),
      };
    }
  },
});
