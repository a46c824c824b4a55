import { defineRule } from '../../../rules/contract.ts';
import { blockOf } from '../parts/terraformBlock.ts';
import { covers, everybody } from './policyStatement.ts';
import { POLICY_TYPES, policiesOf } from './policyStatements.ts';

/** What everybody is denied without a condition, only the root of the account can take back. */
export const rule = defineRule({
  id: 'terraform/policy-lockout',
  severity: 'warning',
  profile: 'strict',
  types: POLICY_TYPES,
  equivalents: ['checkov:CKV_AWS_93'],
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    if (!block) return;
    for (const { kind, statements } of policiesOf(block, graph)) {
      if (kind !== 'resource') continue;
      for (const statement of statements) {
        const { denies, hasConditions, actions } = statement;
        const who = denies && !hasConditions ? everybody(statement) : undefined;
        // The call that writes the policy is among the denied ones.
        const locked = [
          's3:PutBucketPolicy',
          'sqs:SetQueueAttributes',
          'sns:SetTopicAttributes',
          'kms:PutKeyPolicy',
        ].find((action) => actions.known.some((written) => covers(written, action)));
        if (who && locked)
          yield { at: who, message: `${block.address} denies everybody ${locked}, so nobody can change it back.` };
      }
    }
  },
});
