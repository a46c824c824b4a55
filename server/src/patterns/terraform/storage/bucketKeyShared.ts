import { settingRule } from '../parts/settingRule.ts';

/** A key of one's own decides beside the bucket's policy who can read. */
export const rule = settingRule({
  id: 'terraform/bucket-key-shared',
  severity: 'information',
  profile: 'strict',
  says: 'is encrypted with a key of Amazon alone',
  settings: [
    {
      on: 'aws_s3_bucket_server_side_encryption_configuration',
      path: 'rule.apply_server_side_encryption_by_default.sse_algorithm',
      wants: ['aws:kms', 'aws:kms:dsse'],
      ids: ['checkov:CKV_AWS_145', 'trivy:AWS-0132'],
    },
    {
      on: 'aws_s3_bucket',
      path: 'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm',
      wants: ['aws:kms', 'aws:kms:dsse'],
      when: { server_side_encryption_configuration: { set: true } },
      ids: ['checkov:CKV_AWS_145', 'trivy:AWS-0132'],
    },
  ],
});
