import { settingRule } from '../parts/settingRule.ts';

/** A key that is never renewed, that is disabled, or that vanishes within a week. */
export const rule = settingRule({
  id: 'terraform/key-unmanaged',
  severity: 'warning',
  profile: 'strict',
  says: 'is not rotated',
  settings: [
    {
      on: 'google_kms_crypto_key',
      path: 'lifecycle.prevent_destroy',
      wants: true,
      says: 'can be destroyed by one apply',
      ids: ['checkov:CKV_GCP_82'],
    },
    {
      on: 'aws_kms_key',
      path: 'enable_key_rotation',
      wants: true,
      when: { customer_master_key_spec: { absentOr: 'SYMMETRIC_DEFAULT' }, key_usage: { absentOr: 'ENCRYPT_DECRYPT' } },
      ids: ['checkov:CKV_AWS_7', 'trivy:AWS-0065', 'kics:cmk_rotation_disabled'],
    },
    {
      on: 'aws_kms_key',
      path: 'is_enabled',
      wants: true,
      absent: 'fine',
      says: 'cannot be used',
      ids: ['checkov:CKV_AWS_227', 'kics:cmk_is_unusable'],
    },
    {
      on: 'aws_kms_key',
      path: 'deletion_window_in_days',
      wants: { atLeast: 14 },
      absent: 'fine',
      says: 'is gone soon after its deletion',
      ids: ['kics:kms_key_with_no_deletion_window'],
    },
    {
      on: 'aws_secretsmanager_secret_rotation',
      path: 'rotation_rules.automatically_after_days',
      wants: { atMost: 90 },
      absent: 'fine',
      says: 'is rotated too rarely',
      ids: ['checkov:CKV_AWS_304'],
    },
    {
      on: 'google_kms_crypto_key',
      path: 'rotation_period',
      wants: {
        matches: /^(?:[1-9]\d{0,5}|[1-6]\d{6}|7[0-6]\d{5}|77[0-6]\d{4}|777[0-5]\d{3}|7776000)(?:\.\d+)?s$/,
        good: '7776000s',
        bad: '31536000s',
      },
      when: { purpose: { absentOr: 'ENCRYPT_DECRYPT' } },
      ids: ['checkov:CKV_GCP_43', 'trivy:GCP-0065', 'kics:high_google_kms_crypto_key_rotation_period'],
    },
    {
      on: 'azurerm_key_vault',
      path: 'purge_protection_enabled',
      wants: true,
      says: 'can be deleted for good',
      ids: ['checkov:CKV_AZURE_110', 'checkov:CKV_AZURE_42', 'trivy:AZU-0016'],
    },
    {
      on: 'azurerm_key_vault_key',
      path: 'expiration_date',
      wants: { set: true },
      says: 'never expires',
      ids: ['checkov:CKV_AZURE_112', 'trivy:AZU-0014'],
    },
    {
      on: 'azurerm_key_vault_secret',
      path: 'expiration_date',
      wants: { set: true },
      says: 'never expires',
      ids: ['checkov:CKV_AZURE_41', 'trivy:AZU-0017'],
    },
  ],
});
