import { functionProblems } from '../../languages/terraform/functionProblems.ts';
import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { moduleProblems } from './moduleProblems.ts';

/** A function that does not exist, or is given too few or too many arguments, ends the plan. */
export const rule = defineRule({
  id: 'terraform/wrong-call',
  severity: 'error',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  *check(resource, graph) {
    yield* moduleProblems((_project, module) => functionProblems(module), 'wrong-call', resource, graph);
  },
});
