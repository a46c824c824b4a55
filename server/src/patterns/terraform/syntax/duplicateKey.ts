import { evaluateHcl } from '../../../languages/terraform/evaluateHcl.ts';
import type { HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { textOf, UNKNOWN } from '../../../languages/terraform/hclValue.ts';
import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { defineRule } from '../../../rules/contract.ts';
import type { Span } from '../../../text/sourceText.ts';
import { expressionsOf } from './expressionsOf.ts';

/** Of two equal keys Terraform silently keeps the last. */
export const rule = defineRule({
  id: 'terraform/duplicate-key',
  severity: 'warning',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_map_duplicate_keys'],
  *check(resource) {
    const { source } = resource.model as HclFile;
    for (const { entries } of expressionsOf(resource, 'object')) {
      const seen = new Map<string, Span>();
      for (const { key } of entries) {
        if (key.kind === 'missing') continue;
        const known = key.kind === 'variable' ? key.name : textOf(evaluateHcl(key));
        const name = known === UNKNOWN ? source.slice(key.span) : known;
        // One expression gives one key, whatever it is; but for functions that answer anew each time.
        if (known === UNKNOWN && /\b(?:timestamp|uuid|bcrypt)\s*\(/.test(name)) continue;
        const identity = `${known === UNKNOWN ? 'computed' : 'known'} ${name}`;
        const first = seen.get(identity);
        if (!first) {
          seen.set(identity, key.span);
          continue;
        }
        yield {
          at: { source, span: key.span },
          message: `The key ${name} is already written in line ${source.lineAt(first.start) + 1} of this map; the value there is lost.`,
          related: [{ at: { source, span: first }, message: 'First written here.' }],
        };
      }
    }
  },
});
