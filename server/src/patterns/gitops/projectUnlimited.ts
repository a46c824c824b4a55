import { defineRule } from '../../rules/contract.ts';
import { APP_PROJECT } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';

/** A project that allows every kind without a namespace lets its Applications change the cluster itself. */
export const rule = defineRule({
  id: 'gitops/project-unlimited',
  severity: 'warning',
  profile: 'strict',
  types: [APP_PROJECT],
  equivalents: ['kyverno:appproject-clusterresourceblacklist'],
  *check(resource) {
    const spec = resource.root.find('spec');
    const denied = spec?.find('clusterResourceBlacklist');
    for (const entry of spec?.find('clusterResourceWhitelist')?.items ?? []) {
      const kind = entry.find('kind');
      if (kind?.text() !== '*' || entry.text('group') !== '*' || denied || !spec!.lacks('clusterResourceBlacklist'))
        continue;
      yield {
        at: kind,
        message: `${describe(resource)} lets its Applications make every kind of object that has no namespace.`,
      };
    }
  },
});
