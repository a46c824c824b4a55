import { settingRule } from '../parts/settingRule.ts';

/** A web firewall that is named in the configuration of what it guards, is switched on, and has something to stop. */
export const rule = settingRule({
  id: 'terraform/web-firewall-off',
  severity: 'information',
  profile: 'strict',
  says: 'takes requests from the Internet without a web firewall',
  settings: [
    {
      on: 'aws_cloudfront_distribution',
      path: 'web_acl_id',
      wants: { set: true },
      ids: ['checkov:CKV_AWS_68', 'trivy:AWS-0011', 'kics:cloudfront_without_waf'],
    },
    { on: 'aws_waf_web_acl', path: 'rules', wants: { set: true }, says: 'stops nothing', ids: ['checkov:CKV_AWS_175'] },
    {
      on: 'aws_wafregional_web_acl',
      path: 'rule',
      wants: { set: true },
      says: 'stops nothing',
      ids: ['checkov:CKV_AWS_175'],
    },
    {
      on: 'aws_wafv2_web_acl',
      path: 'rule',
      wants: { set: true },
      unless: ['rule_json'],
      says: 'stops nothing',
      ids: ['checkov:CKV_AWS_175'],
    },
    {
      on: ['aws_waf_web_acl', 'aws_wafregional_web_acl'],
      path: 'logging_configuration.log_destination',
      wants: { set: true },
      says: 'keeps no log of what it stops',
      ids: ['checkov:CKV_AWS_176'],
    },
    {
      on: 'azurerm_application_gateway',
      path: 'waf_configuration.enabled',
      wants: true,
      unless: ['firewall_policy_id'],
      ids: ['checkov:CKV_AZURE_120', 'kics:waf_is_disabled_for_azure_application_gateway'],
    },
    {
      on: 'azurerm_web_application_firewall_policy',
      path: 'policy_settings.enabled',
      wants: true,
      absent: 'fine',
      says: 'stops nothing',
      ids: ['checkov:CKV_AZURE_122'],
    },
    {
      on: 'azurerm_web_application_firewall_policy',
      path: 'policy_settings.mode',
      wants: 'Prevention',
      absent: 'fine',
      says: 'reports and stops nothing',
      ids: ['checkov:CKV_AZURE_122'],
    },
    {
      on: 'azurerm_frontdoor_firewall_policy',
      path: 'mode',
      wants: 'Prevention',
      absent: 'fine',
      says: 'reports and stops nothing',
      ids: ['checkov:CKV_AZURE_123'],
    },
    {
      on: 'azurerm_frontdoor',
      path: 'frontend_endpoint.web_application_firewall_policy_link_id',
      wants: { set: true },
      ids: ['checkov:CKV_AZURE_121', 'kics:azure_front_door_waf_disabled'],
    },
  ],
  equivalents: ['checkov:CKV_AWS_192', 'checkov:CKV_AWS_342'],
  *and({ type, node, address, namePlace }) {
    const rules = node.find('rule');
    if (type !== 'aws_wafv2_web_acl' || rules?.kind !== 'list') return;
    for (const item of rules.items) {
      if (!item.lacks('action') || !item.lacks('override_action')) continue;
      yield {
        at: item.keyPlace,
        message: `${address} has a rule ${item.text('name') ?? ''} without an action.`.replace('  ', ' '),
      };
    }
    const groups = rules.items.map((item) => item.find('statement', 0, 'managed_rule_group_statement', 0, 'name'));
    const mayStopIt =
      rules.open ||
      groups.some(
        (name) => name && (name.scalar === undefined || name.scalar === 'AWSManagedRulesKnownBadInputsRuleSet'),
      );
    if (!mayStopIt && rules.items.length > 0) {
      yield {
        at: namePlace,
        message: `${address} lets known bad input through: it has no AWSManagedRulesKnownBadInputsRuleSet.`,
      };
    }
  },
});
