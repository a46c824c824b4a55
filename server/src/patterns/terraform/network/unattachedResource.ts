import { workspaceProject } from '../../../languages/terraform/workspaceProject.ts';
import { defineRule } from '../../../rules/contract.ts';
import { blockOf, handedOn, reachedFrom } from '../parts/terraformBlock.ts';

/** Types of which the rule speaks, and what only describes them, so that it is no use of them. */
const DESCRIBES: ReadonlyMap<string, RegExp> = new Map([
  ['aws_security_group', /^aws_(?:security_group_rule|vpc_security_group_(?:in|e)gress_rule)$/],
  ['aws_eip', /^$/],
  ['aws_network_acl', /^aws_network_acl_rule$/],
]);

/** Arguments with which the resource itself says what it belongs to. */
const ATTACHES: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws_eip', ['instance', 'network_interface']],
  ['aws_network_acl', ['subnet_ids']],
]);

/** What belongs to nothing is paid for, or believed to protect something. */
export const rule = defineRule({
  id: 'terraform/unattached-resource',
  severity: 'information',
  profile: 'strict',
  types: [...DESCRIBES.keys()].map((type) => `terraform/${type}`),
  equivalents: [
    'checkov:CKV2_AWS_1',
    'checkov:CKV2_AWS_5',
    'checkov:CKV2_AWS_19',
    'kics:aws_eip_not_attached_to_any_instance',
  ],
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    if (!block || block.module.isPartial || block.module.files.some(({ problems }) => problems.length > 0)) return;
    const { module, address, type, node } = block;
    if (ATTACHES.get(type)?.some((name) => !node.lacks(name))) return;
    const describes = DESCRIBES.get(type)!;
    const isUsed = module.declarations.some((other) => {
      if (other.node.kind !== 'block' || other.node === block.block || other.kind === 'output') return false;
      if (other.type !== undefined && describes.test(other.type) && !mentionsAsPeer(other.node, address, module))
        return false;
      return reachedFrom(module, other.node, graph).has(address);
    });
    if (isUsed) return;
    const { toCall, toCaller } = handedOn(block, graph);
    if (toCall || (toCaller && workspaceProject(graph).callersOf(module).length > 0)) return;
    yield { at: block.namePlace, message: `Nothing in this module is attached to ${address}.` };
  },
});

/** A rule of another group that names this one as its peer uses it. */
function mentionsAsPeer(
  rule: Parameters<typeof reachedFrom>[1],
  address: string,
  module: Parameters<typeof reachedFrom>[0],
): boolean {
  return rule.body.items.some((item) => {
    if (item.kind !== 'attribute' || item.name === 'security_group_id') return false;
    return module.files.some((file) =>
      module
        .referencesOf(file)
        .references.some(
          (reference) => reference.address === address && reference.block === rule && inside(reference.span, item.span),
        ),
    );
  });
}

function inside(inner: { start: number; end: number }, outer: { start: number; end: number }): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
