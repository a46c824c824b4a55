import { defineRule } from '../../rules/contract.ts';
import { CHART, dependenciesOf } from './chart.ts';

/** A repository is an address, the name of one that the machine knows (`@name`), or a folder (`file://`). */
export const rule = defineRule({
  id: 'helm/repository-invalid',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:dependencies'],
  *check(chart) {
    for (const { node } of dependenciesOf(chart)) {
      const repository = node.find('repository');
      const address = repository?.text();
      if (!repository || address === undefined || address === '') continue;
      if (/^(?:@|alias:)\S+$/.test(address) || /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(address)) continue;
      yield {
        at: repository,
        message: `${address} is no repository of charts: one begins with https://, oci://, file:// or @.`,
      };
    }
  },
});
