import { defineRule } from '../../rules/contract.ts';
import { CHART } from './chart.ts';

/** A maintainer is known by a name; the address is one of mail. */
export const rule = defineRule({
  id: 'helm/maintainer-incomplete',
  severity: 'warning',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check({ root }) {
    for (const maintainer of root.find('maintainers')?.items ?? []) {
      if (maintainer.kind !== 'map') continue;
      const email = maintainer.find('email');
      const address = email?.text();
      if (maintainer.lacks('name') || maintainer.text('name') === '') {
        yield { at: (maintainer.entries[0] ?? maintainer).keyPlace, message: 'This maintainer has no name.' };
      } else if (email && address !== undefined && address !== '' && !/^[^\s@<>]+@[^\s@<>]+$/.test(address)) {
        yield { at: email, message: `${address} is no address of mail.` };
      }
    }
  },
});
