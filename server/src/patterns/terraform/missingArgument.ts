import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { typeMismatches } from '../../languages/terraform/typeMismatches.ts';
import { defineRule } from '../../rules/contract.ts';
import { moduleProblems } from './moduleProblems.ts';

/** A module needs a value for each variable without a default. */
export const rule = defineRule({
  id: 'terraform/missing-argument',
  severity: 'error',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  *check(resource, graph) {
    yield* moduleProblems(typeMismatches, 'missing-argument', resource, graph);
  },
});
