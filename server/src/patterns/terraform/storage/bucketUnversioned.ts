import { companionRule } from '../parts/companionRule.ts';

const BUCKET = { of: 'aws_s3_bucket', key: 'bucket', name: 'bucket' } as const;

/** An object that is overwritten or deleted is gone, unless the bucket keeps what was before. */
export const rule = companionRule({
  id: 'terraform/bucket-unversioned',
  severity: 'information',
  profile: 'strict',
  companions: [
    {
      ...BUCKET,
      by: ['aws_s3_bucket_versioning'],
      inline: ['versioning'],
      says: 'keeps no earlier versions',
      ids: ['checkov:CKV_AWS_21', 'trivy:AWS-0090', 'kics:s3_bucket_without_versioning'],
    },
    {
      ...BUCKET,
      by: ['aws_s3_bucket_lifecycle_configuration'],
      inline: ['lifecycle_rule'],
      says: 'keeps everything for ever',
      ids: ['checkov:CKV2_AWS_61'],
    },
    {
      ...BUCKET,
      by: ['aws_s3_bucket_replication_configuration'],
      inline: ['replication_configuration'],
      says: 'has no copy in another region',
      ids: ['checkov:CKV_AWS_144'],
    },
  ],
});
