import { settingRule } from '../parts/settingRule.ts';
import { blocksOf, reachedFrom } from '../parts/terraformBlock.ts';

/** The default network of an account and its default security group are there before anybody has decided anything. */
export const rule = settingRule({
  id: 'terraform/default-network',
  severity: 'warning',
  profile: 'strict',
  says: 'lets something through that nobody asked for',
  andTypes: ['aws_default_vpc', 'aws_default_subnet', 'aws_vpc', 'aws_instance'],
  equivalents: [
    'checkov:CKV_AWS_148',
    'checkov:CKV2_AWS_12',
    'trivy:AWS-0101',
    'kics:default_vpc_exists',
    'kics:ec2_instance_using_default_vpc',
    'kics:ec2_instance_using_default_security_group',
  ],
  settings: [
    {
      on: 'aws_default_security_group',
      path: 'ingress',
      wants: { set: false },
      ids: [
        'checkov:CKV2_AWS_12',
        'trivy:AWS-0173',
        'kics:default_security_groups_with_unrestricted_traffic',
        'kics:vpc_default_security_group_accepts_all_traffic',
      ],
    },
    {
      on: 'aws_default_security_group',
      path: 'egress',
      wants: { set: false },
      ids: [
        'checkov:CKV2_AWS_12',
        'trivy:AWS-0173',
        'kics:default_security_groups_with_unrestricted_traffic',
        'kics:vpc_default_security_group_accepts_all_traffic',
      ],
    },
    {
      on: ['aws_elasticsearch_domain', 'aws_opensearch_domain'],
      path: 'vpc_options.security_group_ids',
      wants: { set: true },
      when: { vpc_options: { set: true } },
      says: 'is in the default security group',
      ids: ['checkov:CKV_AWS_248'],
    },
  ],
  *and(block, graph) {
    const { type, node, namePlace, address, module } = block;
    if (type === 'aws_default_vpc' || type === 'aws_default_subnet') {
      yield { at: namePlace, message: `${address} uses the default network of the account.` };
    }
    if (type === 'aws_vpc' && !module.isPartial) {
      const emptied = blocksOf(module, graph, 'aws_default_security_group').some((group) => {
        const reached = reachedFrom(module, group.block, graph);
        return reached.has(address) || ![...reached].some((other) => other.startsWith('aws_vpc.'));
      });
      if (!emptied) {
        yield {
          at: namePlace,
          message: `${address} leaves its default security group open: no aws_default_security_group empties it.`,
        };
      }
    }
    if (
      type === 'aws_instance' &&
      ['subnet_id', 'network_interface', 'launch_template', 'primary_network_interface'].every((name) =>
        node.lacks(name),
      )
    ) {
      yield { at: namePlace, message: `${address} runs in the default network: it sets no subnet_id.` };
    }
    if (
      type === 'aws_instance' &&
      [
        'vpc_security_group_ids',
        'security_groups',
        'network_interface',
        'launch_template',
        'primary_network_interface',
      ].every((name) => node.lacks(name))
    ) {
      yield {
        at: namePlace,
        message: `${address} is in the default security group: it sets no vpc_security_group_ids.`,
      };
    }
  },
});
