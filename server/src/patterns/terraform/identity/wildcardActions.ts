import { defineRule } from '../../../rules/contract.ts';
import { blockOf } from '../parts/terraformBlock.ts';
import { everything } from './policyStatement.ts';
import { POLICY_TYPES, policiesOf } from './policyStatements.ts';

/** All actions of a service are more than anybody needs, and the service gets new ones. */
export const rule = defineRule({
  id: 'terraform/wildcard-actions',
  severity: 'information',
  profile: 'strict',
  types: POLICY_TYPES,
  equivalents: [
    'checkov:CKV_AWS_72',
    'checkov:CKV_AWS_355',
    'checkov:CKV_AWS_356',
    'checkov:CKV_AWS_387',
    'trivy:AWS-0097',
    'trivy:AWS-0345',
    'kics:sqs_policy_allows_all_actions',
    'kics:kms_key_with_full_permissions',
  ],
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    if (!block) return;
    for (const { kind, statements } of policiesOf(block, graph)) {
      for (const { allows, actions, resources, principals } of statements) {
        if (!allows) continue;
        // The policy of a key gives its own account all rights to it; without that, nobody could manage it.
        if (
          kind === 'trust' ||
          (actions.known.every((action) => /^kms:/.test(action)) && principals.some(({ type }) => type === 'AWS'))
        )
          continue;
        for (const node of actions.nodes) {
          const text = String(node.scalar);
          const isService = /^[\w-]+:\*$/.test(text);
          if (
            isService
              ? kind === 'identity' && !everything(resources) && text !== 's3:*'
              : !(text === '*' && kind === 'resource')
          )
            continue;
          const service = text === '*' ? 'every action' : `every action of ${text.slice(0, -2)}`;
          yield {
            at: node,
            message: `${block.address} allows ${service}${everything(resources) ? ' on every resource' : ''}.`,
          };
        }
      }
    }
  },
});
