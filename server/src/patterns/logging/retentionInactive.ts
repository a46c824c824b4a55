import { embeddedDocuments } from '../../languages/yaml/embeddedDocuments.ts';
import { defineRule } from '../../rules/contract.ts';

/** Loki deletes nothing by itself: the compactor does, where it is told to. */
export const rule = defineRule({
  id: 'logging/retention-inactive',
  severity: 'warning',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check({ root }) {
    for (const file of root.find('data')?.entries ?? []) {
      if (!/^ *retention_period:/m.test(file.text() ?? '') || !/^limits_config:/m.test(file.text() ?? '')) continue;
      for (const document of embeddedDocuments(file)) {
        const period = document.find('limits_config', 'retention_period');
        const enabled = document.find('compactor', 'retention_enabled');
        const isOff = enabled ? enabled.boolean() === false : document.lacks('compactor', 'retention_enabled');
        // Zero means for ever, which then is what happens.
        if (!period || period.text() === undefined || /^0/.test(period.text()!) || !isOff) continue;
        // Tables of the older stores are deleted by their own manager.
        if (document.boolean('table_manager', 'retention_deletes_enabled') === true) continue;
        yield {
          at: period,
          message: `Loki keeps logs for ever, not for ${period.text()}: retention_enabled of its compactor is not set.`,
        };
      }
    }
  },
});
