import type { HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { attributeIn, blocksIn, plainText } from '../../../languages/terraform/terraformModule.ts';
import { defineRule } from '../../../rules/contract.ts';

/** Variables and outputs are the interface of a module; their descriptions are its documentation. */
export const rule = defineRule({
  id: 'terraform/undocumented-declaration',
  severity: 'information',
  profile: 'strict',
  types: [TERRAFORM_FILE],
  equivalents: [
    'tflint:terraform_documented_outputs',
    'tflint:terraform_documented_variables',
    'kics:output_without_description',
    'kics:variable_without_description',
  ],
  *check(resource) {
    const { body, source } = resource.model as HclFile;
    for (const type of ['variable', 'output']) {
      for (const block of blocksIn(body, type)) {
        const [label] = block.labels;
        const description = attributeIn(block.body, 'description');
        if (!label || (description && plainText(description.value)?.trim() !== '')) continue;
        yield {
          at: { source, span: label.nameSpan },
          message: `The ${type} ${label.value} has no description.`,
        };
      }
    }
  },
});
