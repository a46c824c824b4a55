import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { environmentsOf, SENDING_TYPES } from './spanDestinations.ts';

/** Each service that decides for itself cuts holes into the traces that another one has begun. */
export const rule = defineRule({
  id: 'tracing/sampler-ignores-parent',
  severity: 'warning',
  profile: 'recommended',
  types: SENDING_TYPES,
  *check(resource) {
    for (const { entries } of environmentsOf(resource)) {
      const at = entries.find(([name]) => name === 'OTEL_TRACES_SAMPLER')?.[1];
      if (at?.text() !== 'traceidratio') continue;
      yield {
        at,
        message: 'traceidratio decides anew at each service, so that traces that another one samples have holes.',
        fixes: [
          {
            title: 'Follow the decision of the caller',
            safe: false,
            edits: () => [replaceValue(at, 'parentbased_traceidratio')],
          },
        ],
      };
    }
  },
});
