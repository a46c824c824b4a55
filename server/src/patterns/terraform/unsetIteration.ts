import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { undefinedReferences } from '../../languages/terraform/undefinedReferences.ts';
import { defineRule } from '../../rules/contract.ts';
import { moduleProblems } from './moduleProblems.ts';

/** `each` and `count` exist only where the block sets `for_each` or `count`. */
export const rule = defineRule({
  id: 'terraform/unset-iteration',
  severity: 'error',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  *check(resource, graph) {
    yield* moduleProblems(undefinedReferences, 'unset-iteration', resource, graph);
  },
});
