import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** Each pod of a StatefulSet has a volume of its own, so one that many may mount is dearer and slower for nothing. */
export const rule = defineRule({
  id: 'storage/template-shared-access',
  severity: 'information',
  profile: 'strict',
  types: ['apps/StatefulSet'],
  equivalents: ['kics:incorrect_volume_claim_access_mode_read_write_once', 'kyverno:readwriteonce-pod'],
  *check(resource) {
    const { root } = resource;
    for (const template of root.find('spec', 'volumeClaimTemplates')?.items ?? []) {
      const modes = template.find('spec', 'accessModes');
      if (!modes?.known || modes.items.length === 0) continue;
      const shared = modes.items.find((mode) => mode.text() === 'ReadWriteMany' || mode.text() === 'ReadOnlyMany');
      if (!shared) continue;
      yield {
        at: shared,
        message: `Each pod of ${describe(resource)} has its own volume ${template.text('metadata', 'name') ?? ''}, so nobody shares it as ${shared.text()}.`,
      };
    }
  },
});
