import { companionRule } from '../parts/companionRule.ts';

/** Flow logs tell who spoke to whom after something went wrong. */
export const rule = companionRule({
  id: 'terraform/flow-logs-missing',
  severity: 'information',
  profile: 'strict',
  companions: [
    {
      of: 'aws_vpc',
      by: ['aws_flow_log'],
      key: 'vpc_id',
      says: 'keeps no flow logs',
      ids: ['checkov:CKV2_AWS_11', 'trivy:AWS-0178', 'kics:vpc_flowlogs_disabled'],
    },
  ],
});
