import { defineRule } from '../../../rules/contract.ts';
import { blockOf } from '../parts/terraformBlock.ts';
import { covers, everything, type PolicyStatement } from './policyStatement.ts';
import { POLICY_TYPES, policiesOf } from './policyStatements.ts';

/** Groups of actions that together give more rights than they seem to; each alone suffices where it stands alone. */
const ESCALATIONS: readonly (readonly [actions: readonly string[], what: string])[] = [
  [['iam:CreatePolicyVersion'], 'write a new version of any policy'],
  [['iam:SetDefaultPolicyVersion'], 'go back to an older version of any policy'],
  [['iam:AttachUserPolicy'], 'attach any policy to a user'],
  [['iam:AttachGroupPolicy'], 'attach any policy to a group'],
  [['iam:AttachRolePolicy'], 'attach any policy to a role'],
  [['iam:PutUserPolicy'], 'write a policy of a user'],
  [['iam:PutGroupPolicy'], 'write a policy of a group'],
  [['iam:PutRolePolicy'], 'write a policy of a role'],
  [['iam:AddUserToGroup'], 'join any group'],
  [['iam:UpdateAssumeRolePolicy'], 'take any role'],
  [['iam:CreateAccessKey'], 'make keys for any user'],
  [['iam:CreateLoginProfile'], 'give any user a password'],
  [['iam:UpdateLoginProfile'], 'change the password of any user'],
  [['iam:PassRole', 'ec2:RunInstances'], 'run a machine with any role'],
  [['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'], 'run a function with any role'],
  [['iam:PassRole', 'glue:CreateDevEndpoint'], 'run Glue with any role'],
  [['iam:PassRole', 'cloudformation:CreateStack'], 'create a stack with any role'],
  [['iam:PassRole', 'datapipeline:CreatePipeline'], 'run a pipeline with any role'],
  [['lambda:UpdateFunctionCode'], 'put code into any function'],
  [['glue:UpdateDevEndpoint'], 'get into any endpoint of Glue'],
];

/** Calls that answer with credentials. */
const CREDENTIALS = [
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreateServiceSpecificCredential',
  'iam:UpdateAccessKey',
  'sts:GetFederationToken',
  'sts:AssumeRole',
];

/** Calls that carry data out of the account. */
const EXFILTRATION = [
  's3:GetObject',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'secretsmanager:GetSecretValue',
  'rds:CopyDBSnapshot',
  'rds:CreateDBSnapshot',
];

/** A policy for every resource whose actions lead to rights, credentials or data that it does not name. */
export const rule = defineRule({
  id: 'terraform/privilege-escalation',
  severity: 'warning',
  profile: 'strict',
  types: POLICY_TYPES,
  equivalents: [
    'checkov:CKV_AWS_107',
    'checkov:CKV_AWS_108',
    'checkov:CKV_AWS_109',
    'checkov:CKV_AWS_110',
    'checkov:CKV_AWS_286',
    'checkov:CKV_AWS_287',
    'checkov:CKV_AWS_288',
    'checkov:CKV_AWS_289',
    'trivy:AWS-0342',
    'kics:iam_policy_allows_for_data_exfiltration',
    'kics:group_with_privilege_escalation_by_actions_glue_UpdateDevEndpoint',
    'kics:group_with_privilege_escalation_by_actions_iam_AddUserToGroup',
    'kics:group_with_privilege_escalation_by_actions_iam_AttachGroupPolicy',
    'kics:group_with_privilege_escalation_by_actions_iam_AttachRolePolicy',
    'kics:group_with_privilege_escalation_by_actions_iam_AttachUserPolicy',
  ],
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    if (!block) return;
    for (const { kind, statements } of policiesOf(block, graph)) {
      if (kind !== 'identity') continue;
      const broad = statements.filter(
        (one) => one.allows && !one.hasConditions && everything(one.resources) && !everything(one.actions),
      );
      for (const statement of broad) {
        const [place] = statement.actions.nodes;
        const escalation = ESCALATIONS.find(
          ([needed]) =>
            needed.every((action) => allowed(broad, action)) && needed.some((action) => allowed([statement], action)),
        );
        const at = place ?? statement.place;
        if (escalation)
          yield {
            at,
            message: `${block.address} lets its holder ${escalation[1]}: it allows ${escalation[0].join(', ')} on every resource.`,
          };
        const credentials = CREDENTIALS.filter((action) => allowed([statement], action));
        if (!escalation && credentials.length > 0)
          yield {
            at,
            message: `${block.address} gives out credentials of others: it allows ${credentials[0]} on every resource.`,
          };
        const data = EXFILTRATION.filter((action) => allowed([statement], action));
        if (data.length > 0)
          yield { at, message: `${block.address} gives out data of others: it allows ${data[0]} on every resource.` };
      }
    }
  },
});

function allowed(statements: readonly PolicyStatement[], action: string): boolean {
  return statements.some(({ actions }) => actions.known.some((written) => covers(written, action)));
}
