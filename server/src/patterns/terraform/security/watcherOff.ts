import { settingRule } from '../parts/settingRule.ts';

/** Services that watch the account and are switched off, or look at one region only. */
export const rule = settingRule({
  id: 'terraform/watcher-off',
  severity: 'warning',
  profile: 'strict',
  says: 'watches nothing',
  settings: [
    {
      on: 'aws_guardduty_detector',
      path: 'enable',
      wants: true,
      absent: 'fine',
      ids: ['checkov:CKV_AWS_238', 'kics:guardduty_detector_disabled'],
    },
    {
      on: 'aws_config_configuration_aggregator',
      path: 'account_aggregation_source.all_regions',
      wants: true,
      when: { account_aggregation_source: { set: true } },
      says: 'looks at some regions only',
      ids: ['checkov:CKV_AWS_121', 'trivy:AWS-0019', 'kics:config_configuration_aggregator_to_all_regions_disabled'],
    },
    {
      on: 'aws_config_configuration_aggregator',
      path: 'organization_aggregation_source.all_regions',
      wants: true,
      when: { organization_aggregation_source: { set: true } },
      says: 'looks at some regions only',
      ids: ['trivy:AWS-0019', 'kics:config_configuration_aggregator_to_all_regions_disabled'],
    },
    {
      on: 'aws_config_configuration_recorder_status',
      path: 'is_enabled',
      wants: true,
      says: 'records nothing',
      ids: ['checkov:CKV2_AWS_45'],
    },
    {
      on: 'aws_config_configuration_recorder',
      path: 'recording_group.all_supported',
      wants: true,
      absent: 'fine',
      unless: ['recording_group.exclusion_by_resource_types'],
      says: 'leaves out types of resources',
      ids: ['checkov:CKV2_AWS_48'],
    },
  ],
});
