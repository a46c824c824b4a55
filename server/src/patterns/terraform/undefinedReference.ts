import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { undefinedReferences } from '../../languages/terraform/undefinedReferences.ts';
import { defineRule } from '../../rules/contract.ts';
import { moduleProblems } from './moduleProblems.ts';

/** Terraform refuses a reference to what the module does not declare. */
export const rule = defineRule({
  id: 'terraform/undefined-reference',
  severity: 'error',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  *check(resource, graph) {
    yield* moduleProblems(undefinedReferences, 'undefined-reference', resource, graph);
  },
});
