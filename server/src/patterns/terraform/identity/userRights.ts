import { settingRule } from '../parts/settingRule.ts';
import { blocksOf, reachedFrom } from '../parts/terraformBlock.ts';

/** Rights belong to roles and groups; people come and go, and their keys stay. */
export const rule = settingRule({
  id: 'terraform/user-rights',
  severity: 'information',
  profile: 'strict',
  says: 'gives rights to a single user and not to a group or role',
  andTypes: ['aws_iam_user_policy', 'aws_iam_user_policy_attachment', 'aws_iam_group', 'aws_iam_user_login_profile'],
  equivalents: [
    'checkov:CKV_AWS_40',
    'checkov:CKV2_AWS_14',
    'checkov:CKV2_AWS_22',
    'trivy:AWS-0143',
    'kics:iam_policies_attached_to_user',
    'kics:iam_group_without_users',
  ],
  settings: [
    {
      on: 'aws_iam_access_key',
      path: 'status',
      wants: 'Inactive',
      says: 'is a key that is valid until somebody deletes it',
      ids: ['kics:iam_access_key_is_exposed'],
    },
    {
      on: 'aws_iam_policy_attachment',
      path: 'users',
      wants: { set: false },
      ids: ['checkov:CKV_AWS_40', 'trivy:AWS-0143', 'kics:iam_policies_attached_to_user'],
    },
    {
      on: 'aws_iam_access_key',
      path: 'user',
      wants: { not: ['root'] },
      absent: 'fine',
      says: 'is a key of the account itself',
      ids: ['checkov:CKV_AWS_348', 'trivy:AWS-0141'],
    },
    {
      on: 'aws_cognito_user_pool',
      path: 'mfa_configuration',
      wants: ['ON', 'OPTIONAL'],
      says: 'knows no second factor',
      ids: ['kics:cognito_userpool_without_mfa'],
    },
    {
      on: 'google_project_iam_member',
      path: 'role',
      wants: { not: ['roles/owner', 'roles/editor'] },
      absent: 'fine',
      says: 'gives nearly all rights',
      ids: ['checkov:CKV_GCP_117', 'trivy:GCP-0007'],
    },
    {
      on: ['google_project_iam_member', 'google_project_iam_binding'],
      path: 'role',
      wants: { not: ['roles/iam.serviceAccountUser', 'roles/iam.serviceAccountTokenCreator'] },
      absent: 'fine',
      says: 'lets its members be any service account of the project',
      ids: ['checkov:CKV_GCP_41', 'trivy:GCP-0005'],
    },
  ],
  *and(block, graph) {
    const { type, address, namePlace, module } = block;
    if (type === 'aws_iam_user_policy' || type === 'aws_iam_user_policy_attachment') {
      yield { at: namePlace, message: `${address} gives rights to a single user and not to a group or role.` };
    }
    if (type === 'aws_iam_user_login_profile') {
      yield { at: namePlace, message: `${address} gives a user a password for the console.` };
    }
    if (type !== 'aws_iam_group' || module.isPartial) return;
    const members = blocksOf(module, graph, 'aws_iam_group_membership', 'aws_iam_user_group_membership');
    const isUsed = members.some((member) => {
      const reached = reachedFrom(module, member.block, graph);
      return reached.has(address) || ![...reached].some((other) => other.startsWith('aws_iam_group.'));
    });
    if (!isUsed)
      yield { at: namePlace, message: `${address} has no members: no aws_iam_group_membership refers to it.` };
  },
});
