import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** After a hundred missed starts a CronJob without a deadline is never started again. */
export const rule = defineRule({
  id: 'reliability/start-deadline-missing',
  severity: 'information',
  profile: 'strict',
  types: ['batch/CronJob'],
  equivalents: ['kube-score:cronjob-has-deadline', 'kics:cronjob_deadline_not_configured'],
  *check(resource) {
    const { root } = resource;
    const spec = root.find('spec');
    if (spec?.kind !== 'map' || !spec.lacks('startingDeadlineSeconds')) return;
    yield {
      at: spec.find('schedule') ?? spec.keyPlace,
      message: `${describe(resource)} has no startingDeadlineSeconds, so it stops for good after 100 missed starts.`,
      fixes: [
        {
          title: 'Give a missed start ten minutes',
          safe: false,
          edits: () => setValue(spec, ['startingDeadlineSeconds'], 600),
        },
      ],
    };
  },
});
