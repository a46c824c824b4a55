import { companionRule } from '../parts/companionRule.ts';

/** Who read what, and when, cannot be told afterwards. */
export const rule = companionRule({
  id: 'terraform/bucket-access-unlogged',
  severity: 'information',
  profile: 'strict',
  companions: [
    {
      of: 'aws_s3_bucket',
      by: ['aws_s3_bucket_logging'],
      key: 'bucket',
      name: 'bucket',
      inline: ['logging'],
      // A bucket that takes the logs of others does not log itself.
      where: ({ node }) => node.text('acl') !== 'log-delivery-write',
      says: 'does not log who reads it',
      ids: [
        'checkov:CKV_AWS_18',
        'trivy:AWS-0089',
        'trivy:AWS-0163',
        'kics:s3_bucket_logging_disabled',
        'kics:cloudtrail_log_files_s3_bucket_with_logging_disabled',
      ],
    },
  ],
});
