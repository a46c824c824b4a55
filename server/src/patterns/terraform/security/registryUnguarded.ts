import { settingRule } from '../parts/settingRule.ts';

/** A tag that cannot move and a scan on every push tell what an image is and what is wrong with it. */
export const rule = settingRule({
  id: 'terraform/registry-unguarded',
  severity: 'information',
  profile: 'strict',
  says: 'lets a tag move to another image',
  settings: [
    {
      on: 'aws_ecr_repository',
      path: 'image_tag_mutability',
      wants: ['IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'],
      ids: ['checkov:CKV_AWS_51', 'trivy:AWS-0031', 'kics:ecr_image_tag_not_immutable'],
    },
    {
      on: 'aws_ecr_repository',
      path: 'image_scanning_configuration.scan_on_push',
      wants: true,
      says: 'does not scan what is pushed',
      ids: ['checkov:CKV_AWS_163', 'trivy:AWS-0030', 'kics:unscanned_ecr_image'],
    },
    {
      on: 'azurerm_container_registry',
      path: 'admin_enabled',
      wants: false,
      absent: 'fine',
      says: 'has one account for everybody',
      ids: ['checkov:CKV_AZURE_137', 'kics:admin_user_enabled_for_container_registry'],
    },
    {
      on: 'azurerm_container_registry',
      path: 'anonymous_pull_enabled',
      wants: false,
      absent: 'fine',
      says: 'lets everybody pull',
      ids: ['checkov:CKV_AZURE_138'],
    },
    {
      on: 'azurerm_container_registry',
      path: 'public_network_access_enabled',
      wants: false,
      says: 'can be reached from the Internet',
      ids: ['checkov:CKV_AZURE_139'],
    },
  ],
});
