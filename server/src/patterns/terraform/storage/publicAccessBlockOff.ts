import { settingRule } from '../parts/settingRule.ts';

const BLOCKS = ['aws_s3_bucket_public_access_block', 'aws_s3_account_public_access_block'];

/** Each of the four switches is off until it is written. */
export const rule = settingRule({
  id: 'terraform/public-access-block-off',
  severity: 'warning',
  profile: 'strict',
  says: 'leaves a way to publish the bucket',
  settings: [
    {
      on: BLOCKS,
      path: 'block_public_acls',
      wants: true,
      ids: ['checkov:CKV_AWS_53', 'trivy:AWS-0086', 'kics:s3_bucket_with_public_acl'],
    },
    {
      on: BLOCKS,
      path: 'block_public_policy',
      wants: true,
      ids: ['checkov:CKV_AWS_54', 'trivy:AWS-0087', 'kics:s3_bucket_with_public_policy'],
    },
    {
      on: BLOCKS,
      path: 'ignore_public_acls',
      wants: true,
      ids: ['checkov:CKV_AWS_55', 'trivy:AWS-0091', 'kics:s3_bucket_without_ignore_public_acl'],
    },
    {
      on: BLOCKS,
      path: 'restrict_public_buckets',
      wants: true,
      ids: ['checkov:CKV_AWS_56', 'trivy:AWS-0093', 'kics:s3_bucket_without_restriction_of_public_bucket'],
    },
  ],
});
