import { companionRule } from '../parts/companionRule.ts';

/** One resource that makes every public ACL and policy of a bucket void, whoever writes it. */
export const rule = companionRule({
  id: 'terraform/public-access-block-missing',
  severity: 'information',
  profile: 'strict',
  companions: [
    {
      of: 'aws_s3_bucket',
      by: ['aws_s3_bucket_public_access_block', 'aws_s3_account_public_access_block'],
      key: 'bucket',
      name: 'bucket',
      says: 'can be made public by any policy',
      ids: ['checkov:CKV2_AWS_6', 'trivy:AWS-0094'],
    },
  ],
});
