import type { HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { isOverrideFile } from '../../../languages/terraform/terraformFileNames.ts';
import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { blocksIn } from '../../../languages/terraform/terraformModule.ts';
import { moduleOfFile } from '../../../languages/terraform/workspaceProject.ts';
import { defineRule } from '../../../rules/contract.ts';

const PLACES = [
  ['variable', 'variables.tf'],
  ['output', 'outputs.tf'],
] as const;

/** Readers and tools look for the interface of a module in `variables.tf` and `outputs.tf`, and begin with `main.tf`. */
export const rule = defineRule({
  id: 'terraform/misplaced-declaration',
  severity: 'information',
  profile: 'strict',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_standard_module_structure'],
  *check(resource, graph) {
    const { body, source } = resource.model as HclFile;
    const name = fileName(source.uri);
    const module = moduleOfFile(resource, graph);
    if (isOverrideFile(source.uri) || !module) return;
    for (const [type, place] of PLACES) {
      if (name.replace(/\.json$/, '').replace(/\.tofu$/, '.tf') === place) continue;
      for (const block of blocksIn(body, type)) {
        const [label] = block.labels;
        if (!label) continue;
        yield {
          at: { source, span: label.nameSpan },
          message: `The ${type} ${label.value} stands in ${name} and not in ${place}.`,
        };
      }
    }
    const names = module.files.map((file) => fileName(file.source.uri));
    const [first] = module.declarations;
    if (
      !module.isPartial &&
      first?.file.source.uri === source.uri &&
      !names.some((file) => /^main\.(?:tf|tofu)(?:\.json)?$/.test(file))
    ) {
      yield { at: { source, span: first.nameSpan }, message: 'The module has no main.tf, where a reader begins.' };
    }
  },
});

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
