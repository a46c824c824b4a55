import type { HclExpression, HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { defineRule } from '../../../rules/contract.ts';
import { expressionsOf } from './expressionsOf.ts';

/** `[]` is an empty tuple, which no list equals, however empty it is. */
export const rule = defineRule({
  id: 'terraform/empty-list-comparison',
  severity: 'warning',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_empty_list_equality'],
  *check(resource) {
    const { source } = resource.model as HclFile;
    for (const comparison of expressionsOf(resource, 'binary')) {
      const { operator, left, right } = comparison;
      if (operator !== '==' && operator !== '!=') continue;
      const other = isEmptyTuple(right) ? left : isEmptyTuple(left) ? right : undefined;
      if (!other || other.kind === 'missing') continue;
      const newText = `length(${source.slice(other.span)}) ${operator === '==' ? '==' : '>'} 0`;
      yield {
        at: { source, span: comparison.span },
        message: `This comparison is always ${operator === '==' ? 'false' : 'true'}: no list equals [].`,
        fixes: [
          {
            title: 'Compare the length',
            safe: true,
            edits: () => [{ uri: source.uri, span: comparison.span, newText }],
          },
        ],
      };
    }
  },
});

function isEmptyTuple(expression: HclExpression): boolean {
  if (expression.kind === 'parentheses') return isEmptyTuple(expression.inner);
  return expression.kind === 'tuple' && expression.items.length === 0;
}
