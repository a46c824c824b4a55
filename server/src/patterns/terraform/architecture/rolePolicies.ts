import { type EvaluationScope, evaluateHcl } from '../../../languages/terraform/evaluateHcl.ts';
import { type HclValue, isList, isMap, UNKNOWN } from '../../../languages/terraform/hclValue.ts';
import { constantsOf } from '../../../languages/terraform/moduleConstants.ts';
import { attributeIn } from '../../../languages/terraform/terraformModule.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { blocksOf, reachedFrom, type TerraformBlock } from '../parts/terraformBlock.ts';

/**
 * The names of the managed policies that a role has (`AmazonEKSClusterPolicy`), as its module attaches them; undefined
 * when one of the attachments cannot be read, or may come from elsewhere.
 */
export function managedPoliciesOf(role: TerraformBlock, graph: ResourceGraph): ReadonlySet<string> | undefined {
  const { module, address, node } = role;
  const names = new Set<string>();
  const inline = node.find('managed_policy_arns');
  if (inline && (inline.kind !== 'list' || !inline.known)) return undefined;
  for (const { scalar } of inline?.items ?? []) names.add(nameOf(scalar ?? null));
  const attachments = blocksOf(
    module,
    graph,
    'aws_iam_role_policy_attachment',
    'aws_iam_policy_attachment',
    'aws_iam_role_policy_attachments_exclusive',
  );
  for (const attachment of attachments) {
    const reached = reachedFrom(module, attachment.block, graph);
    if (!reached.has(address)) {
      const isOthers = [...reached].some((other) => other.startsWith('aws_iam_role.'));
      if (!isOthers) return undefined;
      continue;
    }
    const arns = valuesOf(attachment, graph);
    if (!arns) return undefined;
    for (const arn of arns) names.add(nameOf(arn));
  }
  return names;
}

/** The policies of an attachment, one for each item of its `for_each`. */
function valuesOf({ block, module }: TerraformBlock, graph: ResourceGraph): readonly HclValue[] | undefined {
  const argument = attributeIn(block.body, 'policy_arn');
  if (!argument) return undefined;
  const scope = constantsOf(module, graph);
  const each = attributeIn(block.body, 'for_each');
  const count = attributeIn(block.body, 'count');
  if (count) return undefined;
  const items = each ? itemsOf(evaluateHcl(each.value, scope)) : [undefined];
  if (!items) return undefined;
  const values = items.map((item) => {
    const inner: EvaluationScope = {
      valueOf: (root, name) =>
        root === 'each' && item ? (name === 'key' ? item[0] : item[1]) : scope.valueOf(root, name),
    };
    return evaluateHcl(argument.value, inner);
  });
  return values.every((value) => typeof value === 'string') ? values : undefined;
}

function itemsOf(value: HclValue): (readonly [HclValue, HclValue])[] | undefined {
  if (isList(value)) return value.map((item) => [item, item]);
  return value !== UNKNOWN && isMap(value) ? [...value] : undefined;
}

function nameOf(arn: HclValue): string {
  const text = typeof arn === 'string' ? arn : '';
  return text.slice(text.lastIndexOf('/') + 1);
}
