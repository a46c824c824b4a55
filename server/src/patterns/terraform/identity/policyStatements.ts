import { evaluateHcl } from '../../../languages/terraform/evaluateHcl.ts';
import type { HclExpression, HclTemplate } from '../../../languages/terraform/hclSyntax.ts';
import { textOf, UNKNOWN } from '../../../languages/terraform/hclValue.ts';
import { constantsOf } from '../../../languages/terraform/moduleConstants.ts';
import { type RawNode, SourceNode } from '../../../text/sourceNode.ts';
import type { Span } from '../../../text/sourceText.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import type { TerraformBlock } from '../parts/terraformBlock.ts';
import { documentStatement, jsonStatements, type PolicyStatement } from './policyStatement.ts';

/**
 * identity: what a role or user may do. resource: who may do something with one resource. trust: who may take a role.
 */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/** One policy that a block writes. */
export interface Policy {
  readonly kind: PolicyKind;
  readonly statements: readonly PolicyStatement[];
}

/** The arguments with policies, by resource type; dots lead into nested blocks. */
const ARGUMENTS: ReadonlyMap<string, readonly (readonly [path: string, kind: PolicyKind])[]> = new Map([
  ['aws_iam_policy', [['policy', 'identity']]],
  ['aws_iam_role_policy', [['policy', 'identity']]],
  ['aws_iam_user_policy', [['policy', 'identity']]],
  ['aws_iam_group_policy', [['policy', 'identity']]],
  ['aws_ssoadmin_permission_set_inline_policy', [['inline_policy', 'identity']]],
  [
    'aws_iam_role',
    [
      ['assume_role_policy', 'trust'],
      ['inline_policy.policy', 'identity'],
    ],
  ],
  ['aws_s3_bucket', [['policy', 'resource']]],
  ['aws_s3_bucket_policy', [['policy', 'resource']]],
  ['aws_sns_topic', [['policy', 'resource']]],
  ['aws_sns_topic_policy', [['policy', 'resource']]],
  ['aws_sqs_queue', [['policy', 'resource']]],
  ['aws_sqs_queue_policy', [['policy', 'resource']]],
  ['aws_ecr_repository_policy', [['policy', 'resource']]],
  ['aws_kms_key', [['policy', 'resource']]],
  ['aws_kms_key_policy', [['policy', 'resource']]],
  ['aws_efs_file_system_policy', [['policy', 'resource']]],
  ['aws_elasticsearch_domain', [['access_policies', 'resource']]],
  ['aws_elasticsearch_domain_policy', [['access_policies', 'resource']]],
  ['aws_opensearch_domain', [['access_policies', 'resource']]],
  ['aws_opensearch_domain_policy', [['access_policies', 'resource']]],
  ['aws_glue_resource_policy', [['policy', 'resource']]],
  ['aws_api_gateway_rest_api', [['policy', 'resource']]],
  ['aws_api_gateway_rest_api_policy', [['policy', 'resource']]],
  ['aws_secretsmanager_secret', [['policy', 'resource']]],
  ['aws_secretsmanager_secret_policy', [['policy', 'resource']]],
  ['aws_backup_vault_policy', [['policy', 'resource']]],
  ['aws_glacier_vault', [['access_policy', 'resource']]],
  ['aws_cloudwatch_event_bus_policy', [['policy', 'resource']]],
  ['aws_cloudwatch_log_resource_policy', [['policy_document', 'resource']]],
  ['aws_cloudwatch_log_destination_policy', [['access_policy', 'resource']]],
  ['aws_vpc_endpoint', [['policy', 'resource']]],
  ['aws_media_store_container_policy', [['policy', 'resource']]],
  ['aws_codeartifact_domain_permissions_policy', [['policy_document', 'resource']]],
  ['aws_ses_identity_policy', [['policy', 'resource']]],
]);

/** Types of resources that write policies, as the graph names them; the data source of policies among them. */
export const POLICY_TYPES: readonly string[] = [...ARGUMENTS.keys(), 'data.aws_iam_policy_document'].map(
  (type) => `terraform/${type}`,
);

/**
 * The policies that a block writes itself: as `jsonencode`, as JSON in a string or heredoc, or as the data source of
 * policies. One that it takes from elsewhere is found where it is written.
 */
export function policiesOf(block: TerraformBlock, graph: ResourceGraph): readonly Policy[] {
  return graph.memo(`terraform policies ${block.file.source.uri} ${block.block.span.start}`, () => {
    if (block.address.startsWith('data.')) return block.type === 'aws_iam_policy_document' ? documentPolicy(block) : [];
    return (ARGUMENTS.get(block.type) ?? []).flatMap(([path, kind]) =>
      valuesAt(block.node, path).flatMap((value): Policy[] => {
        const statements = jsonStatements(value.kind === 'map' ? value : parsed(value, block, graph));
        return statements.length > 0 ? [{ kind, statements }] : [];
      }),
    );
  });
}

function documentPolicy({ node }: TerraformBlock): Policy[] {
  const statements = (node.find('statement')?.items ?? []).map(documentStatement);
  if (statements.length === 0) return [];
  const hasPrincipals = statements.some(
    ({ principals, hasNotPrincipals }) => principals.length > 0 || hasNotPrincipals,
  );
  const assumes = statements.every(
    ({ actions }) => actions.known.length > 0 && actions.known.every((action) => /^sts:/i.test(action)),
  );
  return [{ kind: !hasPrincipals ? 'identity' : assumes ? 'trust' : 'resource', statements }];
}

function valuesAt(node: SourceNode, path: string): SourceNode[] {
  let nodes = [node];
  for (const name of path.split('.')) {
    nodes = nodes.flatMap((one) => (one.kind === 'list' ? one.items : [one])).flatMap((one) => one.find(name) ?? []);
  }
  return nodes;
}

/** JSON in a string; what an interpolation writes in it is unknown text. */
function parsed(value: SourceNode, { block, module }: TerraformBlock, graph: ResourceGraph): SourceNode | undefined {
  const expression = templateAt(block.body, value.span);
  if (!expression) return undefined;
  const scope = constantsOf(module, graph);
  let text = '';
  for (const part of expression.parts) {
    if (part.kind === 'text') text += part.value;
    else if (part.kind === 'interpolation') {
      const piece = textOf(evaluateHcl(part.value, scope));
      text += piece === UNKNOWN ? HOLE : piece;
    } else return undefined;
  }
  try {
    const place = value.keySpan ?? value.span;
    return new SourceNode(value.source, rawOf(JSON.parse(text), place));
  } catch {
    // Text that is no JSON is the provider's to complain of.
    return undefined;
  }
}

/** Stands for text that is not known; not a character of any policy. */
const HOLE = '\uE000';

function templateAt(body: { items: readonly unknown[] }, span: Span): HclTemplate | undefined {
  const pending: unknown[] = [...body.items];
  for (
    let item = pending.pop() as
      | { kind: string; value?: HclExpression; body?: { items: readonly unknown[] } }
      | undefined;
    item;
    item = pending.pop() as typeof item
  ) {
    if (item.kind === 'block') pending.push(...item.body!.items);
    const { value } = item;
    if (item.kind === 'attribute' && value?.kind === 'template' && value.span.start === span.start) return value;
  }
  return undefined;
}

function rawOf(value: unknown, place: Span, key?: string): RawNode {
  const at = { ...place, ...(key === undefined ? {} : { key, keyStart: place.start, keyEnd: place.end }) };
  if (typeof value === 'string' && value.includes(HOLE)) return { kind: 'unknown', ...at };
  if (Array.isArray(value)) return { kind: 'list', ...at, children: value.map((item) => rawOf(item, place)) };
  if (typeof value === 'object' && value !== null) {
    return { kind: 'map', ...at, children: Object.entries(value).map(([name, item]) => rawOf(item, place, name)) };
  }
  return { kind: 'scalar', ...at, scalar: value as string | number | boolean | null };
}
