import { settingRule } from '../parts/settingRule.ts';

/** Versions that are suspended, locks that are off, uploads that are left half-done. */
export const rule = settingRule({
  id: 'terraform/bucket-history-off',
  severity: 'information',
  profile: 'strict',
  says: 'keeps no earlier versions',
  settings: [
    {
      on: 'aws_s3_bucket_versioning',
      path: 'versioning_configuration.status',
      wants: 'Enabled',
      ids: ['checkov:CKV_AWS_21', 'trivy:AWS-0090', 'kics:s3_bucket_without_versioning'],
    },
    {
      on: 'aws_s3_bucket_versioning',
      path: 'versioning_configuration.mfa_delete',
      wants: 'Enabled',
      says: 'lets versions be deleted without a second factor',
      ids: ['trivy:AWS-0170', 'kics:s3_bucket_without_enabled_mfa_delete'],
    },
    {
      on: 'aws_s3_bucket',
      path: 'versioning.enabled',
      wants: true,
      when: { versioning: { set: true } },
      ids: ['checkov:CKV_AWS_21', 'trivy:AWS-0090', 'kics:s3_bucket_without_versioning'],
    },
    {
      on: 'aws_s3_bucket',
      path: 'object_lock_configuration.object_lock_enabled',
      wants: 'Enabled',
      when: { object_lock_configuration: { set: true } },
      says: 'has no lock',
      ids: ['checkov:CKV_AWS_143'],
    },
    {
      on: 'aws_s3_bucket_lifecycle_configuration',
      path: 'rule.abort_incomplete_multipart_upload.days_after_initiation',
      wants: { set: true },
      says: 'keeps uploads that were never finished',
      ids: ['checkov:CKV_AWS_300'],
    },
    {
      on: 'google_storage_bucket',
      path: 'versioning.enabled',
      wants: true,
      ids: ['checkov:CKV_GCP_78', 'trivy:GCP-0078', 'kics:cloud_storage_bucket_versioning_disabled'],
    },
    { on: 'digitalocean_spaces_bucket', path: 'versioning.enabled', wants: true, ids: ['trivy:DIG-0007'] },
  ],
});
