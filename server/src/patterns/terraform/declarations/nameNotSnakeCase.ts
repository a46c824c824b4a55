import type { HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { folderOf, moduleOf, type TerraformDeclaration } from '../../../languages/terraform/terraformModule.ts';
import { moduleOfFile } from '../../../languages/terraform/workspaceProject.ts';
import { defineRule } from '../../../rules/contract.ts';

/** Names of Terraform's own are lower-case words with one underscore between two of them, and so are everybody else's. */
export const rule = defineRule({
  id: 'terraform/name-not-snake-case',
  severity: 'information',
  profile: 'strict',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_naming_convention', 'kics:name_is_not_snake_case'],
  *check(resource, graph) {
    const file = resource.model as HclFile;
    const module = moduleOfFile(resource, graph) ?? moduleOf([file]);
    for (const declaration of module.declarations) {
      if (declaration.file !== file || folderOf(resource.uri) !== module.folder || !isNamedHere(declaration)) continue;
      if (/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(declaration.name)) continue;
      yield {
        at: { source: file.source, span: declaration.nameSpan },
        message: `The name ${declaration.name} is not in snake case.`,
      };
    }
  },
});

/** The name of a provider without an alias is the provider's. */
function isNamedHere({ kind, address }: TerraformDeclaration): boolean {
  return kind !== 'provider' || address.split('.').length === 3;
}
