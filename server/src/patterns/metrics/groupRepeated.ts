import { defineRule } from '../../rules/contract.ts';
import { PROMETHEUS_RULE, ruleGroupsOf } from './writtenQueries.ts';

/** Prometheus refuses a rule file in which two groups have one name. */
export const rule = defineRule({
  id: 'metrics/group-repeated',
  severity: 'error',
  profile: 'recommended',
  types: [PROMETHEUS_RULE, 'ConfigMap'],
  *check(resource) {
    const byName = new Map<string, { readonly at: ReturnType<typeof ruleGroupsOf>[number] }>();
    for (const group of ruleGroupsOf(resource)) {
      const at = group.find('name');
      const name = at?.text();
      if (!at || name === undefined) continue;
      // Two files of a ConfigMap may have a group of the same name each.
      const key = `${fileOf(group, resource.type)} ${name}`;
      const first = byName.get(key);
      if (first)
        yield {
          at,
          message: `There is a group ${name} already, and Prometheus refuses the whole file.`,
          related: [{ at: first.at, message: 'The first one.' }],
        };
      else byName.set(key, { at });
    }
  },
});

function fileOf(group: ReturnType<typeof ruleGroupsOf>[number], type: string): number {
  return type === 'ConfigMap' ? group.root.span.start : 0;
}
