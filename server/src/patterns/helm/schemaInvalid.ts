import { defineRule } from '../../rules/contract.ts';
import { valuesValidator } from './valuesValidator.ts';

/** Helm installs nothing whose values.schema.json it cannot read. */
export const rule = defineRule({
  id: 'helm/schema-invalid',
  severity: 'error',
  profile: 'recommended',
  types: ['helm/ValuesSchema'],
  equivalents: ['helm:values'],
  *check({ root }) {
    const validator = valuesValidator(root.source);
    if (validator.status !== 'invalid') return;
    const node = root.nearest(...validator.path.map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment)));
    yield {
      at: !node.parent ? (root.entries[0] ?? root).keyPlace : node.kind === 'scalar' ? node : node.keyPlace,
      message: `Helm cannot use this values.schema.json: ${validator.message}.`,
    };
  },
});
