import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** Whoever runs these hooks deletes their jobs. */
const HOOKS = ['helm.sh/hook', 'argocd.argoproj.io/hook'];

/** A job that is done stays, with its pods, until somebody deletes it. */
export const rule = defineRule({
  id: 'reliability/finished-job-kept',
  severity: 'information',
  profile: 'strict',
  types: ['batch/Job'],
  equivalents: ['kube-linter:job-ttl-seconds-after-finished'],
  *check(resource) {
    const { root } = resource;
    const spec = root.find('spec');
    if (spec?.kind !== 'map' || !spec.lacks('ttlSecondsAfterFinished')) return;
    if (HOOKS.some((hook) => !root.lacks('metadata', 'annotations', hook))) return;
    yield {
      at: root.find('metadata', 'name') ?? spec.keyPlace,
      message: `${describe(resource)} and its pods stay after it is done: it has no ttlSecondsAfterFinished.`,
      fixes: [
        {
          title: 'Delete it a day after it is done',
          safe: false,
          edits: () => setValue(spec, ['ttlSecondsAfterFinished'], 86_400),
        },
      ],
    };
  },
});
