import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { undefinedReferences } from '../../languages/terraform/undefinedReferences.ts';
import { defineRule } from '../../rules/contract.ts';
import { moduleProblems } from './moduleProblems.ts';

/** A bare word is a reference, and a reference has at least two parts. */
export const rule = defineRule({
  id: 'terraform/bare-word',
  severity: 'error',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  *check(resource, graph) {
    yield* moduleProblems(undefinedReferences, 'bare-word', resource, graph);
  },
});
