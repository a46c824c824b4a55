import type { HclBlock } from '../languages/terraform/hclSyntax.ts';
import { attributeIn, type TerraformModule } from '../languages/terraform/terraformModule.ts';
import type { TerraformMember } from '../schema/terraform/terraformSchema.ts';
import type { ValueTypes } from './terraformValueTypes.ts';

/** A whole reference that fits an argument. */
export interface FittingReference {
  readonly text: string;
  readonly detail: string;
}

/** Arguments that mean a resource whose type ends otherwise. */
const SYNONYMS: Readonly<Record<string, string>> = {
  role: 'iam_role',
  cluster: 'cluster',
  kms_key: 'kms_key',
  network: 'network',
};

/**
 * References to what the module declares that an argument probably wants, by its name: `vpc_id` takes the id of a resource
 * whose type ends with `_vpc`, `role_arn` the ARN of an `aws_iam_role`. Variables of the same name fit as well.
 */
export function* fittingReferences(
  types: ValueTypes,
  module: TerraformModule,
  blocks: readonly HclBlock[],
  member: TerraformMember,
): Iterable<FittingReference> {
  for (const { kind, name, address } of module.declarations) {
    if (kind === 'variable' && name === member.name) yield { text: address, detail: 'variable' };
  }
  const [, noun, attribute] = /^(\w+?)_(id|ids|arn|arns|name|key_name)$/.exec(member.name) ?? [];
  if (noun === undefined || attribute === undefined) return;
  const wanted = attribute.replace(/s$/, '');
  const ending = SYNONYMS[noun] ?? noun;
  for (const { kind, type, address, node } of module.declarations) {
    if ((kind !== 'resource' && kind !== 'data') || type === undefined || node.kind !== 'block') continue;
    if (node === blocks[0] || !(type.endsWith(`_${ending}`) || type.endsWith(`_${ending}s`))) continue;
    if (!types.referred(module, [...address.split('.'), wanted])) continue;
    const isRepeated = attributeIn(node.body, 'count') || attributeIn(node.body, 'for_each');
    const isList = member.type.kind === 'list' || member.type.kind === 'set';
    if (isRepeated && !isList) continue;
    const reference = isRepeated
      ? attributeIn(node.body, 'for_each')
        ? `values(${address})[*].${wanted}`
        : `${address}[*].${wanted}`
      : `${address}.${wanted}`;
    yield { text: isList && !isRepeated ? `[${reference}]` : reference, detail: type };
  }
}
