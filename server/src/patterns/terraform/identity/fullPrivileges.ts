import { defineRule } from '../../../rules/contract.ts';
import { blockOf } from '../parts/terraformBlock.ts';
import { everything } from './policyStatement.ts';
import { POLICY_TYPES, policiesOf } from './policyStatements.ts';

/** Who may do everything to everything is an administrator, whatever the policy is called. */
export const rule = defineRule({
  id: 'terraform/full-privileges',
  severity: 'warning',
  profile: 'recommended',
  types: [
    ...POLICY_TYPES,
    'terraform/aws_iam_role_policy_attachment',
    'terraform/aws_iam_policy_attachment',
    'terraform/aws_iam_user_policy_attachment',
    'terraform/aws_iam_group_policy_attachment',
  ],
  equivalents: [
    'checkov:CKV_AWS_1',
    'checkov:CKV_AWS_49',
    'checkov:CKV_AWS_62',
    'checkov:CKV_AWS_63',
    'checkov:CKV_AWS_274',
    'checkov:CKV2_AWS_56',
    'trivy:AWS-0057',
    'kics:iam_policies_with_full_privileges',
    'kics:iam_policy_grants_full_permissions',
    'kics:iam_role_with_full_privileges',
  ],
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    if (!block) return;
    for (const { kind, statements } of policiesOf(block, graph)) {
      if (kind !== 'identity') continue;
      for (const { allows, actions, resources, hasConditions } of statements) {
        const action = everything(actions);
        if (!allows || !action) continue;
        const resourceNode = everything(resources);
        yield {
          at: action,
          message: `${block.address} allows every action${resourceNode ? ' on every resource' : ''}.`,
          ...(resourceNode && !hasConditions ? {} : { strict: true }),
        };
      }
    }
    const attached = block.node.find('policy_arn');
    if (
      typeof attached?.scalar === 'string' &&
      /^arn:aws[\w-]*:iam::aws:policy\/AdministratorAccess$/.test(attached.scalar)
    ) {
      yield {
        at: attached,
        message: `${block.address} makes an administrator of whoever it is attached to.`,
        strict: true,
      };
    }
  },
});
