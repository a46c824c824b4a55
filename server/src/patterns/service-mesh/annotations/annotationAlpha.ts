import { defineRule } from '../../../rules/contract.ts';
import { describe } from '../../../workspace/resource.ts';
import { ANNOTATED_TYPES, annotationsOf } from './annotationsOf.ts';

/** Istio may change what is alpha in any release. */
export const rule = defineRule({
  id: 'service-mesh/annotation-alpha',
  severity: 'information',
  profile: 'strict',
  types: ANNOTATED_TYPES,
  equivalents: ['istioctl:IST0136'],
  *check(resource) {
    for (const { entry, key, known } of annotationsOf(resource)) {
      if (known?.status !== 'alpha') continue;
      yield {
        at: entry.keyPlace,
        message: `The annotation ${key} of ${describe(resource)} is alpha: a later Istio may read it differently.`,
      };
    }
  },
});
