import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { attributeIn, plainText } from '../../../languages/terraform/terraformModule.ts';
import { defineRule } from '../../../rules/contract.ts';
import { moduleCalls } from './moduleCalls.ts';

/** Branches that grow with every change of the module. */
const MOVING: ReadonlySet<string> = new Set(['main', 'master', 'default', 'develop', 'trunk', 'HEAD']);

/** A module without a version is whatever is newest on the day of `terraform init`. */
export const rule = defineRule({
  id: 'terraform/module-unpinned',
  severity: 'warning',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  equivalents: [
    'tflint:terraform_module_pinned_source',
    'tflint:terraform_module_version',
    'checkov:CKV_TF_1',
    'checkov:CKV_TF_2',
    'kics:generic_git_module_without_revision',
  ],
  *check(resource) {
    for (const { name, block, file, value, source } of moduleCalls(resource)) {
      const at = { source: file.source, span: value.span };
      const version = attributeIn(block.body, 'version');
      if (source.kind === 'registry' && (!version || plainText(version.value)?.trim() === '')) {
        yield { at, message: `The module ${name} comes from a registry without a version.` };
      }
      if (source.kind !== 'git' && source.kind !== 'mercurial') continue;
      const parameter = source.kind === 'git' ? 'ref' : 'rev';
      if (source.revision === undefined) {
        yield {
          at,
          message: `The module ${name} comes from a repository without ?${parameter}=, so its newest commit is used.`,
        };
      } else if (MOVING.has(source.revision)) {
        yield { at, message: `The module ${name} follows the branch ${source.revision}, which moves.` };
      }
    }
  },
});
