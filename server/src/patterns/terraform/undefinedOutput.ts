import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { undefinedReferences } from '../../languages/terraform/undefinedReferences.ts';
import { defineRule } from '../../rules/contract.ts';
import { moduleProblems } from './moduleProblems.ts';

/** A module answers only with the outputs that it declares. */
export const rule = defineRule({
  id: 'terraform/undefined-output',
  severity: 'error',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  *check(resource, graph) {
    yield* moduleProblems(undefinedReferences, 'undefined-output', resource, graph);
  },
});
