import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { typeMismatches } from '../../languages/terraform/typeMismatches.ts';
import { defineRule } from '../../rules/contract.ts';
import { moduleProblems } from './moduleProblems.ts';

/** A value that cannot be converted to the type of its variable ends the plan. */
export const rule = defineRule({
  id: 'terraform/type-mismatch',
  severity: 'error',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  *check(resource, graph) {
    yield* moduleProblems(typeMismatches, 'type-mismatch', resource, graph);
  },
});
