import { defineRule } from '../../rules/contract.ts';
import { EKS_GROUP, NODE_POOL, spotPoolOf } from './spotPools.ts';

/** When the cloud runs short of one type, it takes back all nodes of it at once. Several types are not short together. */
export const rule = defineRule({
  id: 'spot-nodes/single-instance-type',
  severity: 'warning',
  profile: 'recommended',
  types: [EKS_GROUP, NODE_POOL],
  *check(resource) {
    const pool = spotPoolOf(resource);
    if (!pool) return;
    const { root } = resource;
    const types =
      resource.type === EKS_GROUP
        ? root.find('instance_types')
        : root
            .find('spec', 'template', 'spec', 'requirements')
            ?.items.find(
              (one) => one.text('key') === 'node.kubernetes.io/instance-type' && one.text('operator') === 'In',
            )
            ?.find('values');
    if (types?.kind !== 'list' || types.open || types.items.length !== 1) return;
    const [only] = types.items;
    if (only?.text() === undefined) return;
    yield {
      at: only,
      message: `The spot nodes of ${resource.name ?? 'this pool'} are all ${only.text()}: when that runs short, all of them go at once.`,
    };
  },
});
