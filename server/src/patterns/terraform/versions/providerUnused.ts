import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { moduleOfFile } from '../../../languages/terraform/workspaceProject.ts';
import { defineRule } from '../../../rules/contract.ts';
import { usedProviders } from './usedProviders.ts';

/** Every provider that is required is downloaded and locked, used or not. */
export const rule = defineRule({
  id: 'terraform/provider-unused',
  severity: 'information',
  profile: 'strict',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_unused_required_providers'],
  *check(resource, graph) {
    const module = moduleOfFile(resource, graph);
    if (!module || module.isPartial || module.files.some(({ problems }) => problems.length > 0)) return;
    const used = usedProviders(module);
    const calls = module.declarations.some(({ kind }) => kind === 'module');
    for (const { file, name, nameSpan, aliases } of module.requiredProviders) {
      // A module that is called may need it, and inherits the version from here.
      if (file.source.uri !== resource.uri || used.has(name) || aliases.length > 0 || calls) continue;
      yield {
        at: { source: file.source, span: nameSpan },
        message: `Nothing in this module uses the provider ${name}.`,
      };
    }
  },
});
