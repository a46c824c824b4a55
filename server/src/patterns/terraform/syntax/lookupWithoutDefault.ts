import type { HclExpression, HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { defineRule } from '../../../rules/contract.ts';
import { expressionsOf } from './expressionsOf.ts';

/** Kinds after which an index binds to the whole of it. */
const TERMS: ReadonlySet<HclExpression['kind']> = new Set([
  'variable',
  'access',
  'call',
  'object',
  'parentheses',
  'for',
]);

/** `lookup` without a default is an index. */
export const rule = defineRule({
  id: 'terraform/lookup-without-default',
  severity: 'information',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_deprecated_lookup'],
  *check(resource) {
    const { source } = resource.model as HclFile;
    for (const call of expressionsOf(resource, 'call')) {
      const [map, key] = call.arguments;
      if (call.name !== 'lookup' || call.arguments.length !== 2 || call.expanded || !map || !key) continue;
      if (map.kind === 'missing' || key.kind === 'missing') continue;
      const target = source.slice(map.span);
      const newText = `${TERMS.has(map.kind) ? target : `(${target})`}[${source.slice(key.span)}]`;
      yield {
        at: { source, span: call.nameSpan },
        message: 'lookup without a default is deprecated: an index says the same.',
        fixes: [{ title: 'Use an index', safe: true, edits: () => [{ uri: source.uri, span: call.span, newText }] }],
      };
    }
  },
});
