import type { HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { defineRule } from '../../../rules/contract.ts';
import { expressionsOf } from './expressionsOf.ts';

/** `list.0` and `list.*` are the forms of Terraform 0.11; `list[0]` and `list[*]` came after them. */
export const rule = defineRule({
  id: 'terraform/legacy-index',
  severity: 'information',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_deprecated_index'],
  *check(resource) {
    const { source } = resource.model as HclFile;
    for (const { steps } of expressionsOf(resource, 'access')) {
      for (const [index, step] of steps.entries()) {
        let newText: string | undefined;
        if (step.kind === 'index' && step.legacy) newText = `[${source.slice(step.key.span)}]`;
        // After `.*` an index picks from the result, after `[*]` from each item: such a chain is left as it is.
        if (step.kind === 'splat' && !step.full && steps.slice(index + 1).every(({ kind }) => kind === 'attribute'))
          newText = '[*]';
        if (newText === undefined) continue;
        const text = newText;
        yield {
          at: { source, span: step.span },
          message: `${source.slice(step.span)} is the index of Terraform 0.11; today it is written ${text}.`,
          fixes: [
            {
              title: `Write ${text}`,
              safe: true,
              edits: () => [{ uri: source.uri, span: step.span, newText: text }],
            },
          ],
        };
      }
    }
  },
});
