import { settingRule } from '../parts/settingRule.ts';

const WRITABLE = 'lets everybody write';
const READABLE = 'lets everybody read';

/** A bucket whose access list names everybody. */
export const rule = settingRule({
  id: 'terraform/public-bucket',
  severity: 'warning',
  profile: 'recommended',
  says: READABLE,
  settings: [
    {
      on: ['aws_s3_bucket', 'aws_s3_bucket_acl'],
      path: 'acl',
      wants: { not: ['public-read'] },
      absent: 'fine',
      ids: [
        'checkov:CKV_AWS_20',
        'trivy:AWS-0161',
        'kics:cloudtrail_log_files_s3_bucket_is_publicly_accessible',
        'trivy:AWS-0092',
        'kics:s3_bucket_acl_allows_read_or_write_to_all_users',
      ],
    },
    {
      on: ['aws_s3_bucket', 'aws_s3_bucket_acl'],
      path: 'acl',
      wants: { not: ['public-read-write'] },
      absent: 'fine',
      says: WRITABLE,
      ids: ['checkov:CKV_AWS_57', 'trivy:AWS-0092', 'kics:s3_bucket_acl_allows_read_or_write_to_all_users'],
    },
    {
      on: ['aws_s3_bucket', 'aws_s3_bucket_acl'],
      path: 'acl',
      wants: { not: ['authenticated-read'] },
      absent: 'fine',
      says: 'lets everybody with any AWS account read',
      ids: ['checkov:CKV2_AWS_43', 'kics:s3_bucket_acl_allows_read_to_any_authenticated_user', 'trivy:AWS-0092'],
    },
    {
      on: 'aws_s3_bucket_acl',
      path: 'access_control_policy.grant.grantee.uri',
      wants: {
        not: [
          'http://acs.amazonaws.com/groups/global/AllUsers',
          'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
        ],
      },
      absent: 'fine',
      says: 'gives rights to everybody',
      ids: ['kics:s3_bucket_acl_grants_write_acp_permission', 'trivy:AWS-0092'],
    },
    {
      on: 'google_storage_bucket_iam_member',
      path: 'member',
      wants: { not: ['allUsers', 'allAuthenticatedUsers'] },
      absent: 'fine',
      ids: ['checkov:CKV_GCP_28', 'trivy:GCP-0001', 'kics:cloud_storage_anonymous_or_publicly_accessible'],
    },
    {
      on: 'google_storage_bucket_iam_binding',
      path: 'members',
      wants: { excludes: ['allUsers', 'allAuthenticatedUsers'] },
      absent: 'fine',
      ids: ['checkov:CKV_GCP_28', 'trivy:GCP-0001', 'kics:cloud_storage_anonymous_or_publicly_accessible'],
    },
    {
      on: ['google_storage_bucket_access_control', 'google_storage_default_object_access_control'],
      path: 'entity',
      wants: { not: ['allUsers', 'allAuthenticatedUsers'] },
      absent: 'fine',
      ids: ['kics:cloud_storage_anonymous_or_publicly_accessible'],
    },
    { on: 'alicloud_oss_bucket', path: 'acl', wants: 'private', absent: 'fine', ids: ['checkov:CKV_ALI_1'] },
    {
      on: 'digitalocean_spaces_bucket',
      path: 'acl',
      wants: 'private',
      absent: 'fine',
      ids: ['trivy:DIG-0006', 'checkov:CKV_DIO_3'],
    },
    {
      on: 'azurerm_storage_container',
      path: 'container_access_type',
      wants: 'private',
      absent: 'fine',
      ids: ['checkov:CKV_AZURE_34', 'trivy:AZU-0007', 'kics:storage_container_is_publicly_accessible'],
    },
    {
      on: 'azurerm_storage_account',
      path: 'allow_nested_items_to_be_public',
      wants: false,
      strict: true,
      says: 'may be given public containers',
      ids: ['checkov:CKV_AZURE_190', 'checkov:CKV_AZURE_59'],
    },
    {
      on: 'google_storage_bucket',
      path: 'public_access_prevention',
      wants: 'enforced',
      strict: true,
      says: 'can be made public',
      ids: ['checkov:CKV_GCP_114'],
    },
    {
      on: 'google_storage_bucket',
      path: 'uniform_bucket_level_access',
      wants: true,
      strict: true,
      says: 'has access lists beside its policy',
      ids: ['checkov:CKV_GCP_29', 'trivy:GCP-0002', 'kics:google_storage_bucket_level_access_disabled'],
    },
  ],
});
