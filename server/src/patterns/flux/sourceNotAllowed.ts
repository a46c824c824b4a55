import { matchesAny } from '../../configuration/glob.ts';
import { defineRule } from '../../rules/contract.ts';
import { choice, demandOf } from '../../rules/parts/policies.ts';
import { describe } from '../../workspace/resource.ts';

const GROUP = 'source.toolkit.fluxcd.io';

/** What a source holds is applied to the cluster by whoever may write there: `policies.flux` of slipway.yaml. */
export const rule = defineRule({
  id: 'flux/source-not-allowed',
  severity: 'warning',
  profile: 'recommended',
  types: [`${GROUP}/GitRepository`, `${GROUP}/OCIRepository`, `${GROUP}/HelmRepository`, `${GROUP}/Bucket`],
  equivalents: ['kyverno:verify-flux-sources', 'kyverno:verify-git-repositories'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'flux');
    const allowed = demand?.policy.allowedSources;
    const node = resource.root.find('spec', resource.kind === 'Bucket' ? 'endpoint' : 'url');
    const written = node?.text();
    if (!demand || !allowed || !node || written === undefined) return;
    // `*` means everything below, as in the addresses of other tools.
    const globs = allowed.flatMap((glob) => [glob, glob.replace(/\/\*$/, '/**')]);
    if (matchesAny(globs, written)) return;
    yield {
      at: node,
      message: `${describe(resource)} deploys from ${withoutUser(written)}; allowed is ${choice(allowed) || 'nothing'}.`,
      ...demand.because('allowedSources'),
    };
  },
});

/** An address may carry a password, which no message repeats. */
function withoutUser(address: string): string {
  return address.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1');
}
