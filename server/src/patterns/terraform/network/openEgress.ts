import { defineRule } from '../../../rules/contract.ts';
import { FIREWALL_TYPES, rulesOf } from './firewallRules.ts';

/** What may speak to everybody can carry data out, and fetch what it should run next. */
export const rule = defineRule({
  id: 'terraform/open-egress',
  severity: 'information',
  profile: 'strict',
  types: FIREWALL_TYPES.map((type) => `terraform/${type}`),
  equivalents: [
    'checkov:CKV_AWS_382',
    'trivy:AWS-0104',
    'trivy:AZU-0051',
    'trivy:DIG-0003',
    'trivy:GCP-0035',
    'trivy:KUBE-0002',
    'trivy:OPNSTK-0004',
  ],
  *check(resource, graph) {
    for (const { open, block } of rulesOf(resource, graph, 'out')) {
      const [value] = open;
      if (!value) continue;
      yield {
        at: value,
        message: `${block.address} lets requests out to ${String(value.scalar)}, which is everybody.`,
      };
    }
  },
});
