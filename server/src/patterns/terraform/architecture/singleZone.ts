import type { HclAttribute } from '../../../languages/terraform/hclSyntax.ts';
import { attributeIn, blocksIn } from '../../../languages/terraform/terraformModule.ts';
import { defineRule } from '../../../rules/contract.ts';
import { blockOf, blocksOf, type TerraformBlock } from '../parts/terraformBlock.ts';
import { isSingle } from './network.ts';

/** Where subnets are named, by resource type; the cloud demands two zones of these. */
const SUBNETS: ReadonlyMap<string, (block: TerraformBlock) => HclAttribute | undefined> = new Map([
  [
    'aws_eks_cluster',
    ({ block }) => blocksIn(block.body, 'vpc_config').flatMap(({ body }) => attributeIn(body, 'subnet_ids') ?? [])[0],
  ],
  ['aws_db_subnet_group', ({ block }) => attributeIn(block.body, 'subnet_ids')],
  ['aws_lb', ({ block }) => attributeIn(block.body, 'subnets')],
  ['aws_alb', ({ block }) => attributeIn(block.body, 'subnets')],
]);

/** EKS, RDS and application load balancers refuse subnets of one zone. */
export const rule = defineRule({
  id: 'terraform/single-zone',
  severity: 'error',
  profile: 'recommended',
  types: [...SUBNETS.keys()].map((type) => `terraform/${type}`),
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    const argument = block && SUBNETS.get(block.type)?.(block);
    if (!block || argument?.value.kind !== 'tuple') return;
    if (
      /lb$/.test(block.type) &&
      !(block.node.lacks('load_balancer_type') || block.node.text('load_balancer_type') === 'application')
    )
      return;
    const subnets = argument.value.items.map((item) => {
      // Exactly `aws_subnet.name.id`.
      if (
        item.kind !== 'access' ||
        item.target.kind !== 'variable' ||
        item.target.name !== 'aws_subnet' ||
        item.steps.length !== 2
      )
        return undefined;
      const [step] = item.steps;
      const address = step?.kind === 'attribute' ? `aws_subnet.${step.name}` : '';
      return blocksOf(block.module, graph, 'aws_subnet').find(
        (subnet) => subnet.address === address && isSingle(subnet),
      );
    });
    if (subnets.length === 0) return;
    const zones = new Set(
      subnets.map((subnet) => subnet?.node.text('availability_zone') ?? subnet?.node.text('availability_zone_id')),
    );
    const isOne = subnets.length === 1 && subnets[0] !== undefined;
    if (!isOne && (zones.size !== 1 || zones.has(undefined))) return;
    const [zone] = zones;
    yield {
      at: { source: block.file.source, span: argument.value.span },
      message: `${block.address} needs subnets in two zones; ${zone === undefined ? 'this is one subnet' : `these are all in ${zone}`}.`,
    };
  },
});
