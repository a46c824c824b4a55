import { unusedDeclarations } from '../../languages/terraform/declarationProblems.ts';
import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { moduleProblems } from './moduleProblems.ts';

/** What nothing uses misleads the next reader. */
export const rule = defineRule({
  id: 'terraform/unused-declaration',
  severity: 'information',
  profile: 'strict',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_unused_declarations'],
  *check(resource, graph) {
    yield* moduleProblems((_project, module) => unusedDeclarations(module), 'unused-declaration', resource, graph);
  },
});
