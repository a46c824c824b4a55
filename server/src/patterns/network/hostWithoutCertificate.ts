import { addItem } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { coversHost, hasCloudCertificate, INGRESS } from './ingresses.ts';

/** A host that no `tls` entry names is served with the controller's own certificate, which browsers refuse. */
export const rule = defineRule({
  id: 'network/host-without-certificate',
  severity: 'warning',
  profile: 'recommended',
  types: [INGRESS],
  equivalents: ['kyverno:ingress-host-match-tls', 'kubevious:ingress-tls-rule-domain-match'],
  *check(resource) {
    const tls = resource.root.find('spec', 'tls');
    if (!tls?.known || tls.items.length === 0 || hasCloudCertificate(resource)) return;
    const lists = tls.items.map((entry) => entry.find('hosts'));
    // An entry without hosts is the default for all.
    if (lists.some((list) => !list || list.items.length === 0)) return;
    const covered = lists.flatMap((list) => list!.items.flatMap((item) => item.text() ?? []));
    for (const rule of resource.root.find('spec', 'rules')?.items ?? []) {
      const host = rule.find('host');
      const written = host?.text();
      if (!host || !written || covered.some((candidate) => coversHost(candidate, written))) continue;
      const [only, ...more] = lists;
      yield {
        at: host,
        message: `No certificate of ${describe(resource)} is for ${written}, only for ${covered.join(', ')}.`,
        related: [{ at: lists[0]!.keyPlace, message: 'The hosts of the certificate.' }],
        fixes:
          more.length === 0
            ? [{ title: `Add ${written} to the hosts of tls`, safe: false, edits: () => [addItem(only!, written)] }]
            : [],
      };
    }
  },
});
