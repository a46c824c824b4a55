import { companionRule } from '../parts/companionRule.ts';

const isPublicApplication = ({
  node,
}: {
  node: {
    text(name: string): string | undefined;
    lacks(name: string): boolean;
    boolean(name: string): boolean | undefined;
  };
}): boolean =>
  (node.lacks('load_balancer_type') || node.text('load_balancer_type') === 'application') &&
  (node.lacks('internal') || node.boolean('internal') === false);

/** What everybody may send requests to gets the requests of everybody. */
export const rule = companionRule({
  id: 'terraform/web-firewall-missing',
  severity: 'information',
  profile: 'strict',
  companions: [
    {
      of: 'aws_lb',
      by: ['aws_wafv2_web_acl_association', 'aws_wafregional_web_acl_association'],
      key: 'resource_arn',
      where: isPublicApplication,
      says: 'takes requests from the Internet without a web firewall',
      ids: ['checkov:CKV2_AWS_28', 'kics:alb_is_not_integrated_with_waf'],
    },
    {
      of: 'aws_alb',
      by: ['aws_wafv2_web_acl_association', 'aws_wafregional_web_acl_association'],
      key: 'resource_arn',
      where: isPublicApplication,
      says: 'takes requests from the Internet without a web firewall',
      ids: ['checkov:CKV2_AWS_28', 'kics:alb_is_not_integrated_with_waf'],
    },
    {
      of: 'aws_api_gateway_stage',
      by: ['aws_wafv2_web_acl_association', 'aws_wafregional_web_acl_association'],
      key: 'resource_arn',
      says: 'takes requests from the Internet without a web firewall',
      ids: ['checkov:CKV2_AWS_29', 'kics:api_gateway_without_waf'],
    },
    {
      of: 'aws_appsync_graphql_api',
      by: ['aws_wafv2_web_acl_association'],
      key: 'resource_arn',
      says: 'takes requests from the Internet without a web firewall',
      ids: ['checkov:CKV2_AWS_33'],
    },
    {
      of: 'aws_wafv2_web_acl',
      by: ['aws_wafv2_web_acl_logging_configuration'],
      key: 'resource_arn',
      says: 'keeps no log of what it stops',
      ids: ['checkov:CKV2_AWS_31'],
    },
  ],
});
