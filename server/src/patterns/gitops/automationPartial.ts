import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { describe } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';

const MEANINGS = {
  prune: 'what is removed from Git stays in the cluster',
  selfHeal: 'what is changed in the cluster stays changed',
} as const;

/** Synchronises by itself, and yet leaves the cluster other than Git says. */
export const rule = applicationRule('automation-partial', 'information', 'strict', function* ({ resource, spec }) {
  const automated = spec.find('syncPolicy', 'automated');
  if (!automated || automated.kind === 'unknown' || automated.boolean('enabled') === false) return;
  for (const [field, meaning] of Object.entries(MEANINGS)) {
    const value = automated.find(field);
    const isNull = automated.kind === 'scalar' && automated.scalar === null;
    if (value ? value.boolean() !== false : !isNull && !automated.lacks(field)) continue;
    yield {
      at: value ?? automated.keyPlace,
      message: `${describe(resource)} synchronises by itself without ${field}: ${meaning}.`,
      fixes: [{ title: `Set ${field}`, safe: false, edits: () => setValue(automated, [field], true) }],
    };
  }
});
