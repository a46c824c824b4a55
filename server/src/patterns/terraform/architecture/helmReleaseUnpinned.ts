import { settingRule } from '../parts/settingRule.ts';

/** A chart without a version is the newest one on the day of the apply. */
export const rule = settingRule({
  id: 'terraform/helm-release-unpinned',
  severity: 'warning',
  profile: 'recommended',
  says: 'installs whatever version of its chart is newest',
  settings: [
    { on: 'helm_release', path: 'version', wants: { set: true }, when: { repository: { set: true } }, ids: [] },
  ],
});
