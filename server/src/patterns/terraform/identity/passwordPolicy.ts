import { settingRule } from '../parts/settingRule.ts';

const POLICY = 'aws_iam_account_password_policy';

/** What the console demands of a password. */
export const rule = settingRule({
  id: 'terraform/password-policy',
  severity: 'information',
  profile: 'strict',
  says: 'admits weak passwords',
  settings: [
    {
      on: POLICY,
      path: 'minimum_password_length',
      wants: { atLeast: 14 },
      ids: ['checkov:CKV_AWS_10', 'trivy:AWS-0063', 'kics:iam_password_without_minimum_length'],
    },
    {
      on: POLICY,
      path: 'require_lowercase_characters',
      wants: true,
      ids: ['checkov:CKV_AWS_11', 'trivy:AWS-0058', 'kics:iam_password_without_lowercase_letter'],
    },
    {
      on: POLICY,
      path: 'require_numbers',
      wants: true,
      ids: ['checkov:CKV_AWS_12', 'trivy:AWS-0059', 'kics:iam_password_without_number'],
    },
    {
      on: POLICY,
      path: 'require_symbols',
      wants: true,
      ids: ['checkov:CKV_AWS_14', 'trivy:AWS-0060', 'kics:iam_password_without_symbol'],
    },
    {
      on: POLICY,
      path: 'require_uppercase_characters',
      wants: true,
      ids: ['checkov:CKV_AWS_15', 'trivy:AWS-0061', 'kics:iam_password_without_uppercase_letter'],
    },
    {
      on: POLICY,
      path: 'password_reuse_prevention',
      wants: { atLeast: 24 },
      says: 'admits old passwords',
      ids: ['checkov:CKV_AWS_13', 'trivy:AWS-0056', 'kics:misconfigured_password_policy_expiration'],
    },
    {
      on: POLICY,
      path: 'max_password_age',
      wants: { atMost: 90 },
      says: 'lets passwords grow old',
      ids: ['checkov:CKV_AWS_9', 'trivy:AWS-0062', 'kics:misconfigured_password_policy_expiration'],
    },
    {
      on: POLICY,
      path: 'allow_users_to_change_password',
      wants: true,
      absent: 'fine',
      says: 'lets nobody change a password',
      ids: ['kics:aws_password_policy_with_unchangeable_passwords'],
    },
  ],
});
