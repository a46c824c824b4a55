import { defineRule, type Finding } from '../../../rules/contract.ts';
import { blockOf } from '../parts/terraformBlock.ts';
import { covers, everybody, type PolicyStatement } from './policyStatement.ts';
import { POLICY_TYPES, policiesOf } from './policyStatements.ts';

/** Conditions that name who may, so that the asterisk means only those. */
const NAMES_CALLERS =
  /^aws:(?:principal(?:arn|account|orgid|orgpaths|tag\/.*)|source(?:arn|account|vpce?|orgid|orgpaths|ip|owner)|vpcsourceip|userid|sourcevpcarn)$|^kms:calleraccount$|^s3:dataaccesspointaccount$|^lambda:functionurlauthtype$/;

/** A policy that names everybody lets everybody in, also those without an account of yours. */
export const rule = defineRule({
  id: 'terraform/public-policy',
  severity: 'warning',
  profile: 'recommended',
  types: [...POLICY_TYPES, 'terraform/aws_lambda_permission', 'terraform/aws_cloudwatch_event_permission'],
  equivalents: [
    'checkov:CKV_AWS_32',
    'checkov:CKV_AWS_33',
    'checkov:CKV_AWS_60',
    'checkov:CKV_AWS_70',
    'checkov:CKV_AWS_167',
    'checkov:CKV_AWS_168',
    'checkov:CKV_AWS_169',
    'checkov:CKV_AWS_283',
    'checkov:CKV_AWS_301',
    'trivy:AWS-0032',
    'kics:iam_role_allows_all_principals_to_assume',
    'kics:lambda_permission_principal_is_wildcard',
    'kics:s3_bucket_access_to_any_principal',
    'kics:s3_bucket_allows_delete_action_from_all_principals',
    'kics:s3_bucket_allows_get_action_from_all_principals',
    'kics:s3_bucket_allows_list_action_from_all_principals',
    'kics:s3_bucket_allows_put_action_from_all_principals',
    'kics:cloudwatch_logs_destination_with_vulnerable_policy',
    'kics:ecr_repository_is_publicly_accessible',
    'kics:efs_with_vulnerable_policy',
    'kics:glue_with_vulnerable_policy',
    'kics:kms_key_with_vulnerable_policy',
    'kics:secrets_manager_with_vulnerable_policy',
    'kics:ses_policy_with_allowed_iam_actions',
    'kics:sns_topic_is_publicly_accessible',
    'kics:sqs_queue_exposed',
    'kics:sqs_policy_with_public_access',
    'kics:elasticsearch_domain_with_vulnerable_policy',
    'kics:rest_api_with_vulnerable_policy',
  ],
  *check(resource, graph): Iterable<Finding> {
    const block = blockOf(resource, graph);
    if (!block) return;
    for (const { kind, statements } of policiesOf(block, graph)) {
      if (kind === 'identity') continue;
      for (const statement of statements) {
        const who = statement.allows ? everybody(statement) : undefined;
        if (!who || statement.conditionKeys.some((key) => NAMES_CALLERS.test(key))) continue;
        yield {
          at: who,
          message: `${block.address} lets everybody ${kind === 'trust' ? 'take the role' : actionsOf(statement)}.`,
          ...(mayBeMeant(statement, block.type) ? { strict: true } : {}),
        };
      }
    }
    const principal = block.node.find('principal');
    const isPermission = /_permission$/.test(block.type);
    if (
      isPermission &&
      principal?.scalar === '*' &&
      ['source_arn', 'source_account', 'principal_org_id', 'function_url_auth_type', 'condition'].every((name) =>
        block.node.lacks(name),
      )
    ) {
      yield { at: principal, message: `${block.address} lets everybody call it.` };
    }
  },
});

function actionsOf({ actions }: PolicyStatement): string {
  const { known, isComplete } = actions;
  if (known.length === 0 || known.includes('*')) return 'do everything';
  return `call ${known.slice(0, 3).join(', ')}${known.length > 3 || !isComplete ? ' and more' : ''}`;
}

/**
 * Reading single objects is how a bucket serves a web site; a condition narrows it in a way that is not known; the policy
 * of an endpoint is everybody's by default, as it only narrows what others allow.
 */
function mayBeMeant({ actions, hasConditions }: PolicyStatement, type: string): boolean {
  if (hasConditions || type === 'aws_vpc_endpoint' || /rest_api/.test(type)) return true;
  return (
    actions.isComplete &&
    actions.known.length > 0 &&
    actions.known.every((action) => covers('s3:GetObject*', action) || /^(?:execute-api:|ecr-public:)/.test(action))
  );
}
