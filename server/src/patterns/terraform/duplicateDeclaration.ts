import { duplicateDeclarations } from '../../languages/terraform/declarationProblems.ts';
import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { moduleProblems } from './moduleProblems.ts';

/** Terraform refuses a module that declares one name twice. */
export const rule = defineRule({
  id: 'terraform/duplicate-declaration',
  severity: 'error',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  *check(resource, graph) {
    yield* moduleProblems(
      (_project, module) => duplicateDeclarations(module),
      'duplicate-declaration',
      resource,
      graph,
    );
  },
});
