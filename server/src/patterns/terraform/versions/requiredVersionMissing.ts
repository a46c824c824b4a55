import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { attributeIn } from '../../../languages/terraform/terraformModule.ts';
import { defineRule } from '../../../rules/contract.ts';
import { folderName, modulePlace } from './modulePlace.ts';

/** Without it, whatever version of Terraform is installed changes the state. A module that is called takes its caller's. */
export const rule = defineRule({
  id: 'terraform/required-version-missing',
  severity: 'information',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_required_version'],
  *check(resource, graph) {
    const found = modulePlace(resource, graph);
    if (!found) return;
    const { module, place, isRoot } = found;
    if (module.settings.some(({ block }) => attributeIn(block.body, 'required_version'))) return;
    yield {
      at: place,
      message: `The module ${folderName(module)} says by no required_version which versions of Terraform it works with.`,
      ...(isRoot ? {} : { strict: true }),
    };
  },
});
