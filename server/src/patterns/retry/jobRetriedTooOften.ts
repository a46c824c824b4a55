import { defineRule } from '../../rules/contract.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { describe } from '../../workspace/resource.ts';

const FIRST_DELAY_SECONDS = 10;
const LONGEST_DELAY_SECONDS = 360;
/** After this many, the delays alone take about an hour and a half. */
const MOST_RETRIES = 20;

/** A Job that cannot succeed is started for hours before anybody is told. */
export const rule = defineRule({
  id: 'retry/job-retried-too-often',
  severity: 'information',
  profile: 'recommended',
  types: ['batch/Job', 'batch/CronJob'],
  *check(resource) {
    const spec = resource.root.find('spec', ...(resource.type === 'batch/CronJob' ? ['jobTemplate', 'spec'] : []));
    const limit = spec?.find('backoffLimit');
    const retries = limit?.number();
    if (!spec || !limit || retries === undefined || retries <= MOST_RETRIES) return;
    if (!spec.lacks('activeDeadlineSeconds') || !spec.lacks('backoffLimitPerIndex')) return;
    // Many pods share one limit.
    if ((spec.number('completions') ?? 1) > 1 || (spec.number('parallelism') ?? 1) > 1) return;
    yield {
      at: limit,
      message: `When it cannot succeed, ${describe(resource)} is started ${retries + 1} times, over at least ${formatDuration(delaySeconds(retries) * 1000)}, before it counts as failed.`,
    };
  },
});

/** 10 s, 20 s, 40 s … up to 6 min between the starts. */
function delaySeconds(retries: number): number {
  const doublings = Math.ceil(Math.log2(LONGEST_DELAY_SECONDS / FIRST_DELAY_SECONDS));
  const growing = Math.min(retries, doublings);
  return FIRST_DELAY_SECONDS * (2 ** growing - 1) + (retries - growing) * LONGEST_DELAY_SECONDS;
}
