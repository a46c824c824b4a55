import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { logConfigurationOf } from './logConfigurations.ts';

/** The agent stops at what it cannot read, on every node at once. */
export const rule = defineRule({
  id: 'logging/configuration-invalid',
  severity: 'error',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check(resource) {
    const configuration = logConfigurationOf(resource);
    for (const { file, faults, agent } of configuration?.files ?? []) {
      // A file that others include may begin in the middle of their section.
      const isIncluded = configuration!.files.some(({ includes }) =>
        includes.some((include) => include.endsWith(file.key ?? ' ') || include.includes('*')),
      );
      for (const { at, message } of faults) {
        if (isIncluded && message.includes('outside a section')) continue;
        yield { at, message: `${agent} does not read ${file.key} of ${describe(resource)}: ${message}.` };
      }
    }
  },
});
