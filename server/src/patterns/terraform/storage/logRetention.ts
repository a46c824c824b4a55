import { settingRule } from '../parts/settingRule.ts';

/** A log without a retention is kept and paid for for ever; one with a short retention is gone when it is needed. */
export const rule = settingRule({
  id: 'terraform/log-retention',
  severity: 'information',
  profile: 'strict',
  says: 'keeps its logs for too short a time',
  settings: [
    {
      on: 'aws_cloudwatch_log_group',
      path: 'retention_in_days',
      wants: { not: [0] },
      says: 'keeps its logs for ever',
      ids: ['checkov:CKV_AWS_66', 'kics:cloudwatch_without_retention_period_specified'],
    },
    {
      on: 'azurerm_network_watcher_flow_log',
      path: 'retention_policy.days',
      wants: { not: [1, 7, 14, 30, 60] },
      ids: ['checkov:CKV_AZURE_12', 'trivy:AZU-0049', 'kics:small_flow_logs_retention_period'],
    },
    {
      on: 'azurerm_mssql_server_extended_auditing_policy',
      path: 'retention_in_days',
      wants: { not: [1, 7, 14, 30, 60] },
      absent: 'fine',
      ids: [
        'checkov:CKV_AZURE_24',
        'trivy:AZU-0025',
        'kics:small_msql_server_audit_retention',
        'kics:small_mssql_audit_retention_period',
      ],
    },
    {
      on: 'azurerm_monitor_log_profile',
      path: 'retention_policy.days',
      wants: { not: [1, 7, 14, 30, 60, 90, 180] },
      ids: ['trivy:AZU-0031', 'checkov:CKV_AZURE_37'],
    },
    {
      on: 'azurerm_container_registry',
      path: 'retention_policy.enabled',
      wants: true,
      absent: 'fine',
      says: 'keeps untagged manifests for ever',
      ids: ['checkov:CKV_AZURE_167'],
    },
    {
      on: 'azurerm_postgresql_configuration',
      path: 'value',
      wants: { not: ['1', '2', '3'] },
      absent: 'fine',
      when: { name: 'log_retention_days' },
      ids: ['kics:small_postgresql_db_server_log_retention_period', 'kics:log_retention_is_not_set'],
    },
    {
      on: 'aws_docdb_cluster',
      path: 'backup_retention_period',
      wants: { atLeast: 7 },
      says: 'keeps its backups for less than a week',
      ids: ['checkov:CKV_AWS_360'],
    },
    {
      on: ['aws_db_instance', 'aws_rds_cluster'],
      path: 'backup_retention_period',
      wants: { atLeast: 7 },
      absent: 'fine',
      unless: ['replicate_source_db', 'replication_source_identifier'],
      says: 'keeps its backups for less than a week',
      ids: ['trivy:AWS-0077'],
    },
    {
      on: 'google_storage_bucket',
      path: 'retention_policy.is_locked',
      wants: true,
      absent: 'fine',
      says: 'lets its retention be shortened',
      ids: ['checkov:CKV2_GCP_4'],
    },
    {
      on: 'aws_cloudformation_stack_set_instance',
      path: 'retain_stack',
      wants: true,
      says: 'takes its stacks along when it is destroyed',
      ids: ['kics:stack_retention_disabled'],
    },
  ],
});
