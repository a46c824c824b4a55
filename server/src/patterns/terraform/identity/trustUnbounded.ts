import { defineRule } from '../../../rules/contract.ts';
import { blockOf } from '../parts/terraformBlock.ts';
import { POLICY_TYPES, policiesOf } from './policyStatements.ts';

/** Another account, or a build service of many, takes the role unless something tells whose request it is. */
export const rule = defineRule({
  id: 'terraform/trust-unbounded',
  severity: 'information',
  profile: 'strict',
  types: POLICY_TYPES,
  equivalents: [
    'checkov:CKV_AWS_61',
    'checkov:CKV_AWS_358',
    'kics:cross_account_iam_assume_role_policy_without_external_id_or_mfa',
  ],
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    if (!block) return;
    for (const { kind, statements } of policiesOf(block, graph)) {
      if (kind !== 'trust') continue;
      for (const { allows, principals, hasConditions, conditionKeys } of statements) {
        if (!allows) continue;
        for (const { type, names } of principals) {
          for (const node of names.nodes) {
            const name = String(node.scalar);
            if (type === 'AWS' && !hasConditions && /^(?:\d{12}|arn:aws[\w-]*:iam::\d{12}:root)$/.test(name)) {
              yield {
                at: node,
                message: `${block.address} lets every role of the account ${/\d{12}/.exec(name)![0]} take the role, without an external id.`,
              };
            }
            const isActions =
              type === 'Federated' && /oidc-provider\/token\.actions\.githubusercontent\.com$/.test(name);
            if (isActions && !conditionKeys.includes('token.actions.githubusercontent.com:sub')) {
              yield {
                at: node,
                message: `${block.address} lets every workflow of GitHub take the role: no condition names a repository.`,
              };
            }
          }
        }
      }
    }
  },
});
