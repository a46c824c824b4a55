import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { defineRule } from '../../../rules/contract.ts';
import { moduleCalls } from './moduleCalls.ts';
import { isCommit } from './moduleSource.ts';

/** Without a depth, `terraform init` downloads the whole history. The hash of a commit cannot be fetched with one. */
export const rule = defineRule({
  id: 'terraform/module-full-clone',
  severity: 'information',
  profile: 'strict',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_module_shallow_clone'],
  *check(resource) {
    for (const { name, file, value, source } of moduleCalls(resource)) {
      if (source.kind !== 'git' || source.revision === undefined || isCommit(source.revision) || source.isShallow)
        continue;
      const end = value.span.end - 1;
      yield {
        at: { source: file.source, span: value.span },
        message: `The module ${name} is downloaded with the whole history of its repository: its source sets no depth.`,
        fixes: [
          {
            title: 'Clone only the pinned commit',
            safe: true,
            edits: () => [{ uri: file.source.uri, span: { start: end, end }, newText: '&depth=1' }],
          },
        ],
      };
    }
  },
});
