import type { HclExpression, HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { type HclNode, walkHcl } from '../../../languages/terraform/walkHcl.ts';
import type { Resource } from '../../../workspace/resource.ts';

type OfKind<K extends HclExpression['kind']> = Extract<HclExpression, { readonly kind: K }>;

/** Every expression of one kind in a file, in document order. */
export function expressionsOf<K extends HclExpression['kind']>(resource: Resource, kind: K): readonly OfKind<K>[] {
  const found: OfKind<K>[] = [];
  walkHcl((resource.model as HclFile).body, (node: HclNode) => {
    if (node.kind === kind) found.push(node as OfKind<K>);
    return undefined;
  });
  return found;
}
