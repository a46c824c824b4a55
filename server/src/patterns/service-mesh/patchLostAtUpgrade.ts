import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

const RELATIVE = /^(?:INSERT_BEFORE|INSERT_AFTER|REPLACE|MERGE|REMOVE)$/;

/** While two versions of the proxy run, a patch for one of them meets a configuration that it was not written for. */
export const rule = defineRule({
  id: 'service-mesh/patch-lost-at-upgrade',
  severity: 'information',
  profile: 'strict',
  types: ['networking.istio.io/EnvoyFilter'],
  equivalents: ['istioctl:IST0155'],
  *check(resource) {
    const { root } = resource;
    if (!root.lacks('spec', 'priority')) return;
    for (const patch of root.find('spec', 'configPatches')?.items ?? []) {
      const version = patch.find('match', 'proxy', 'proxyVersion');
      const operation = patch.text('patch', 'operation');
      if (version?.text() === undefined || operation === undefined || !RELATIVE.test(operation)) continue;
      yield {
        at: version,
        message: `${describe(resource)} patches only proxies of version ${version.text()} relative to what others wrote, and has no priority, so an upgrade may lose the patch.`,
      };
    }
  },
});
