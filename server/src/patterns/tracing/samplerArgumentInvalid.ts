import { defineRule } from '../../rules/contract.ts';
import { environmentsOf, SENDING_TYPES } from './spanDestinations.ts';

/** The argument is a share between 0 and 1. For anything else the libraries fall back to everything. */
export const rule = defineRule({
  id: 'tracing/sampler-argument-invalid',
  severity: 'warning',
  profile: 'recommended',
  types: SENDING_TYPES,
  *check(resource) {
    for (const { entries, textOf } of environmentsOf(resource)) {
      const at = entries.find(([name]) => name === 'OTEL_TRACES_SAMPLER_ARG')?.[1];
      const text = at?.text();
      if (!at || text === undefined || text.includes('$') || !/traceidratio$/.test(textOf('OTEL_TRACES_SAMPLER') ?? ''))
        continue;
      const share = Number(text);
      if (text.trim() !== '' && share >= 0 && share <= 1) continue;
      yield { at, message: `${text} is no share of traces: 0 samples none, 1 all of them.` };
    }
  },
});
