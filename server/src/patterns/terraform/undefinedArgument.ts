import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { typeMismatches } from '../../languages/terraform/typeMismatches.ts';
import { defineRule } from '../../rules/contract.ts';
import { moduleProblems } from './moduleProblems.ts';

/** A module takes only the variables that it declares. */
export const rule = defineRule({
  id: 'terraform/undefined-argument',
  severity: 'error',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  *check(resource, graph) {
    yield* moduleProblems(typeMismatches, 'undefined-argument', resource, graph);
  },
});
