import type { HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { attributeIn, blocksIn } from '../../../languages/terraform/terraformModule.ts';
import { moduleOfFile } from '../../../languages/terraform/workspaceProject.ts';
import { defineRule } from '../../../rules/contract.ts';

/** Without a type, a variable takes any value, and a wrong one fails far from where it was written. */
export const rule = defineRule({
  id: 'terraform/untyped-variable',
  severity: 'information',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_typed_variables', 'kics:variable_without_type'],
  *check(resource, graph) {
    const { body, source } = resource.model as HclFile;
    const module = moduleOfFile(resource, graph);
    for (const block of blocksIn(body, 'variable')) {
      const [label] = block.labels;
      if (!label) continue;
      // An override file changes a declaration whose type stands elsewhere.
      const all = module?.byAddress.get(`var.${label.value}`) ?? [];
      if (all.some(({ node }) => node.kind === 'block' && attributeIn(node.body, 'type'))) continue;
      yield { at: { source, span: label.nameSpan }, message: `The variable ${label.value} has no type.` };
    }
  },
});
