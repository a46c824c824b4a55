import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { placementsOf } from './placement.ts';

/** The node is gone when the notice has run out, whatever its pods still had to do. */
export const rule = defineRule({
  id: 'spot-nodes/grace-over-notice',
  severity: 'warning',
  profile: 'recommended',
  types: SERVING_TYPES,
  *check(resource, graph) {
    const grace = workloadOf(resource)?.podSpec?.find('terminationGracePeriodSeconds');
    const seconds = grace?.number();
    if (!grace || seconds === undefined) return;
    const placement = placementsOf(resource, graph).find(({ pool }) => seconds > pool.noticeSeconds);
    if (!placement) return;
    const { noticeSeconds } = placement.pool;
    yield {
      at: grace,
      message: `The pods of ${describe(resource)} may take ${seconds} s to stop, but a spot node is gone ${noticeSeconds} s after its notice.`,
      related: [{ at: placement.pool.at, message: 'The spot nodes.' }],
      fixes: [
        {
          title: `Stop within ${noticeSeconds} s`,
          safe: false,
          edits: () => [replaceValue(grace, String(noticeSeconds))],
        },
      ],
    };
  },
});
