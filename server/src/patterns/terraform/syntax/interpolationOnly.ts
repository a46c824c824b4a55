import type { HclExpression, HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { defineRule } from '../../../rules/contract.ts';
import { expressionsOf } from './expressionsOf.ts';

/** Since Terraform 0.12 an expression stands without quotes; around a lone expression they say nothing. */
export const rule = defineRule({
  id: 'terraform/interpolation-only',
  severity: 'information',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_deprecated_interpolation'],
  *check(resource) {
    const { source } = resource.model as HclFile;
    const keys = new Set<HclExpression>(
      expressionsOf(resource, 'object').flatMap(({ entries }) => entries.map(({ key }) => key)),
    );
    for (const template of expressionsOf(resource, 'template')) {
      const [part] = template.parts;
      if (template.heredoc || template.parts.length !== 1 || part?.kind !== 'interpolation') continue;
      const inner = source.slice(part.value.span);
      if (part.value.kind === 'missing' || inner.trim() === '') continue;
      const needsParentheses = keys.has(template) || inner.includes('\n');
      yield {
        at: { source, span: template.span },
        message: `The quotes around ${shortened(inner)} are of Terraform 0.11: the expression can stand alone.`,
        fixes: [
          {
            title: 'Remove the quotes',
            safe: true,
            edits: () => [{ uri: source.uri, span: template.span, newText: needsParentheses ? `(${inner})` : inner }],
          },
        ],
      };
    }
  },
});

function shortened(text: string): string {
  return text.length > 40 || text.includes('\n') ? 'this expression' : text;
}
