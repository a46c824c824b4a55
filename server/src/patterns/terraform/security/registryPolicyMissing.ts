import { companionRule } from '../parts/companionRule.ts';

/** Without a policy of its own, whoever has rights to all repositories has rights to this one. */
export const rule = companionRule({
  id: 'terraform/registry-policy-missing',
  severity: 'information',
  profile: 'strict',
  companions: [
    {
      of: 'aws_ecr_repository',
      by: ['aws_ecr_repository_policy'],
      key: 'repository',
      name: 'name',
      says: 'has no policy of its own',
      ids: ['kics:ecr_repository_without_policy'],
    },
  ],
});
