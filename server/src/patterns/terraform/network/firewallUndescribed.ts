import { settingRule } from '../parts/settingRule.ts';

/** Nobody dares to remove a rule of which nobody knows what it is for. */
export const rule = settingRule({
  id: 'terraform/firewall-undescribed',
  severity: 'information',
  profile: 'strict',
  says: 'does not say what it is for',
  settings: [
    {
      on: 'aws_security_group',
      path: 'description',
      wants: { not: ['', 'Managed by Terraform'] },
      ids: [
        'checkov:CKV_AWS_23',
        'trivy:AWS-0099',
        'kics:security_group_without_description',
        'kics:security_group_rules_without_description',
      ],
    },
    {
      on: ['aws_security_group', 'aws_default_security_group'],
      path: 'ingress.description',
      wants: { not: [''] },
      when: { ingress: { set: true } },
      ids: ['checkov:CKV_AWS_23', 'trivy:AWS-0124', 'kics:security_group_rules_without_description'],
    },
    {
      on: ['aws_security_group', 'aws_default_security_group'],
      path: 'egress.description',
      wants: { not: [''] },
      when: { egress: { set: true } },
      ids: ['checkov:CKV_AWS_23', 'trivy:AWS-0124', 'kics:security_group_rules_without_description'],
    },
    {
      on: ['aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
      path: 'description',
      wants: { not: [''] },
      ids: ['checkov:CKV_AWS_23', 'trivy:AWS-0124', 'kics:security_group_rules_without_description'],
    },
    {
      on: ['aws_db_security_group', 'aws_elasticache_security_group', 'aws_redshift_security_group'],
      path: 'description',
      wants: { not: ['', 'Managed by Terraform'] },
      ids: ['checkov:CKV_AWS_23', 'trivy:AWS-0049'],
    },
    {
      on: ['nifcloud_security_group', 'nifcloud_security_group_rule'],
      path: 'description',
      wants: { not: [''] },
      ids: ['trivy:NIF-0002', 'trivy:NIF-0003'],
    },
    { on: ['openstack_networking_secgroup_v2'], path: 'description', wants: { not: [''] }, ids: ['trivy:OPNSTK-0005'] },
  ],
});
