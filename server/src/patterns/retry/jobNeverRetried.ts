import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** One evicted pod fails the whole Job. That may be meant, where running twice does harm. */
export const rule = defineRule({
  id: 'retry/job-never-retried',
  severity: 'information',
  profile: 'strict',
  types: ['batch/Job', 'batch/CronJob'],
  *check(resource) {
    const spec = resource.root.find('spec', ...(resource.type === 'batch/CronJob' ? ['jobTemplate', 'spec'] : []));
    const limit = spec?.find('backoffLimit');
    if (limit?.number() !== 0 || !spec?.lacks('podFailurePolicy')) return;
    yield {
      at: limit,
      message: `${describe(resource)} fails with its first pod, even when only the node was drained.`,
    };
  },
});
