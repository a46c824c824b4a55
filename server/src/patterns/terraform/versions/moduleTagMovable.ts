import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { defineRule } from '../../../rules/contract.ts';
import { moduleCalls } from './moduleCalls.ts';
import { isCommit } from './moduleSource.ts';

/** A tag or branch of a repository can be moved to other code; the hash of a commit cannot. */
export const rule = defineRule({
  id: 'terraform/module-tag-movable',
  severity: 'information',
  profile: 'strict',
  types: [TERRAFORM_FILE],
  equivalents: ['checkov:CKV_TF_1'],
  *check(resource) {
    for (const { name, file, value, source } of moduleCalls(resource)) {
      if (source.kind !== 'git' || source.revision === undefined || isCommit(source.revision)) continue;
      yield {
        at: { source: file.source, span: value.span },
        message: `The module ${name} is pinned to ${source.revision}, which can be moved, and not to a commit.`,
      };
    }
  },
});
