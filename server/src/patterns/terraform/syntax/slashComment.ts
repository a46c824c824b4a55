import type { HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { HclToken } from '../../../languages/terraform/hclTokens.ts';
import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { defineRule } from '../../../rules/contract.ts';

/** `#` is the comment sign of Terraform's style; `terraform fmt` leaves `//` alone. */
export const rule = defineRule({
  id: 'terraform/slash-comment',
  severity: 'information',
  profile: 'strict',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_comment_syntax'],
  *check(resource) {
    const { source, tokens } = resource.model as HclFile;
    for (let index = 0; index < tokens.length; index++) {
      const start = tokens.start(index);
      if (tokens.kind(index) !== HclToken.comment || !source.text.startsWith('//', start)) continue;
      const sign = { start, end: start + 2 };
      yield {
        at: { source, span: { start, end: start + source.slice({ start, end: tokens.end(index) }).trimEnd().length } },
        message: 'A comment of one line begins with #, not with //.',
        fixes: [{ title: 'Begin with #', safe: true, edits: () => [{ uri: source.uri, span: sign, newText: '#' }] }],
      };
    }
  },
});
