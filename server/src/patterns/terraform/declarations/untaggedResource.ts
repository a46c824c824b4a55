import { attributeIn, blocksIn } from '../../../languages/terraform/terraformModule.ts';
import { workspaceProject } from '../../../languages/terraform/workspaceProject.ts';
import { defineRule } from '../../../rules/contract.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { blockOf, type TerraformBlock } from '../parts/terraformBlock.ts';

/** What costs money or holds data, so that somebody asks whose it is. */
const TAGGED = [
  'aws_db_instance',
  'aws_dynamodb_table',
  'aws_ebs_volume',
  'aws_ecs_cluster',
  'aws_efs_file_system',
  'aws_eks_cluster',
  'aws_elasticache_replication_group',
  'aws_instance',
  'aws_kinesis_stream',
  'aws_lambda_function',
  'aws_lb',
  'aws_msk_cluster',
  'aws_nat_gateway',
  'aws_opensearch_domain',
  'aws_rds_cluster',
  'aws_redshift_cluster',
  'aws_s3_bucket',
  'aws_sqs_queue',
  'aws_vpc',
];

/** Tags tell whose a resource is and who pays for it. */
export const rule = defineRule({
  id: 'terraform/untagged-resource',
  severity: 'information',
  profile: 'strict',
  types: [...TAGGED, 'aws_autoscaling_group'].map((type) => `terraform/${type}`),
  equivalents: ['checkov:CKV_AWS_153', 'kics:autoscaling_groups_supply_tags', 'kics:resource_not_using_tags'],
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    if (!block) return;
    if (block.type === 'aws_autoscaling_group') {
      // Default tags of the provider do not reach the machines of a group.
      if (block.node.lacks('tag') && block.node.lacks('tags')) {
        yield { at: block.namePlace, message: `${block.address} gives its machines no tags.` };
      }
      return;
    }
    if (!block.node.lacks('tags') || mayHaveDefaultTags(block, graph)) return;
    yield { at: block.namePlace, message: `${block.address} has no tags, and its provider no default_tags.` };
  },
});

/** The provider adds tags, or is configured where it cannot be seen. */
function mayHaveDefaultTags({ module }: TerraformBlock, graph: ResourceGraph): boolean {
  if (module.isPartial || workspaceProject(graph).callersOf(module).length > 0) return true;
  const providers = module.declarations.flatMap(({ kind, node }) =>
    kind === 'provider' && node.kind === 'block' && node.labels[0]?.value === 'aws' ? node : [],
  );
  if (providers.length === 0)
    return module.requiredProviders.some(({ name, aliases }) => name === 'aws' && aliases.length > 0);
  return providers.some(
    ({ body }) => blocksIn(body, 'default_tags').length > 0 || attributeIn(body, 'default_tags') !== undefined,
  );
}
