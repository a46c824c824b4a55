import { companionRule } from '../parts/companionRule.ts';

/** Amazon encrypts with a key of its own; whoever may read the bucket may use it. */
export const rule = companionRule({
  id: 'terraform/bucket-unencrypted',
  severity: 'information',
  profile: 'strict',
  companions: [
    {
      of: 'aws_s3_bucket',
      by: ['aws_s3_bucket_server_side_encryption_configuration'],
      key: 'bucket',
      name: 'bucket',
      inline: ['server_side_encryption_configuration'],
      says: 'is encrypted with a key of Amazon alone',
      ids: [
        'checkov:CKV_AWS_19',
        'checkov:CKV_AWS_145',
        'trivy:AWS-0088',
        'trivy:AWS-0132',
        'kics:s3_bucket_object_not_encrypted',
      ],
    },
  ],
});
