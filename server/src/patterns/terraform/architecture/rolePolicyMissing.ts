import { attributeIn } from '../../../languages/terraform/terraformModule.ts';
import { defineRule } from '../../../rules/contract.ts';
import { blockOf, blocksOf, reachedFrom } from '../parts/terraformBlock.ts';
import { managedPoliciesOf } from './rolePolicies.ts';

/** Where a role is named, and what it must be able to do: for each need one of these managed policies. */
const NEEDS: ReadonlyMap<string, { readonly argument: string; readonly policies: readonly (readonly string[])[] }> =
  new Map([
    ['aws_eks_cluster', { argument: 'role_arn', policies: [['AmazonEKSClusterPolicy']] }],
    [
      'aws_eks_node_group',
      {
        argument: 'node_role_arn',
        policies: [
          ['AmazonEKSWorkerNodePolicy', 'AmazonEKSWorkerNodeMinimalPolicy'],
          [
            'AmazonEC2ContainerRegistryReadOnly',
            'AmazonEC2ContainerRegistryPullOnly',
            'AmazonEC2ContainerRegistryPowerUser',
            'AmazonEC2ContainerRegistryFullAccess',
          ],
        ],
      },
    ],
    [
      'aws_eks_fargate_profile',
      { argument: 'pod_execution_role_arn', policies: [['AmazonEKSFargatePodExecutionRolePolicy']] },
    ],
  ]);

/** Without the policy, the cluster is not created, or its nodes never join it. */
export const rule = defineRule({
  id: 'terraform/role-policy-missing',
  severity: 'error',
  profile: 'recommended',
  types: [...NEEDS.keys()].map((type) => `terraform/${type}`),
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    const needs = block && NEEDS.get(block.type);
    if (!block || !needs || block.module.isPartial) return;
    const argument = attributeIn(block.block.body, needs.argument);
    if (!argument) return;
    const references = block.module
      .referencesOf(block.file)
      .references.filter(
        ({ block: top, span }) =>
          top === block.block && span.start >= argument.span.start && span.end <= argument.span.end,
      );
    const [reference] = references;
    const role = blocksOf(block.module, graph, 'aws_iam_role').find(
      ({ address }) => references.length === 1 && address === reference?.address,
    );
    if (!role) return;
    const attached = managedPoliciesOf(role, graph);
    // A policy of one's own may allow the same.
    const hasOwn =
      !role.node.lacks('inline_policy') ||
      blocksOf(block.module, graph, 'aws_iam_role_policy').some((policy) =>
        reachedFrom(block.module, policy.block, graph).has(role.address),
      );
    if (!attached || hasOwn) return;
    for (const options of needs.policies) {
      if (options.some((name) => attached.has(name))) continue;
      yield {
        at: { source: block.file.source, span: argument.value.span },
        message: `${role.address}, the role of ${block.address}, lacks the policy ${options[0]}.`,
        related: [{ at: role.namePlace, message: 'The role.' }],
        ...(attached.size === 0 ? { strict: true } : {}),
      };
    }
  },
});
