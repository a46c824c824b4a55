import type { Setting } from '../parts/setting.ts';
import { settingRule } from '../parts/settingRule.ts';

const BALANCERS = ['aws_lb', 'aws_alb'];
const SEARCH = ['aws_elasticsearch_domain', 'aws_opensearch_domain'];

const audit: readonly Setting[] = [
  {
    on: 'aws_cloudtrail',
    path: 'event_selector.data_resource',
    wants: { set: true },
    unless: ['advanced_event_selector'],
    says: 'does not log who reads and writes objects',
    ids: ['trivy:AWS-0171', 'trivy:AWS-0172', 'kics:s3_bucket_object_level_cloudtrail_logging_disabled'],
  },
  {
    on: 'aws_cloudtrail',
    path: 'enable_logging',
    wants: true,
    absent: 'fine',
    ids: ['checkov:CKV_AWS_251', 'kics:cloudtrail_logging_disabled'],
  },
  {
    on: 'aws_cloudtrail',
    path: 'is_multi_region_trail',
    wants: true,
    says: 'sees one region only',
    ids: ['checkov:CKV_AWS_67', 'trivy:AWS-0014', 'kics:cloudtrail_multi_region_disabled'],
  },
  {
    on: 'aws_cloudtrail',
    path: 'include_global_service_events',
    wants: true,
    absent: 'fine',
    says: 'leaves out global services',
    ids: ['kics:cloudtrail_multi_region_disabled'],
  },
  {
    on: 'aws_cloudtrail',
    path: 'enable_log_file_validation',
    wants: true,
    says: 'cannot tell whether its log was changed',
    ids: ['checkov:CKV_AWS_36', 'trivy:AWS-0016', 'kics:cloudtrail_log_file_validation_disabled'],
  },
  {
    on: 'aws_cloudtrail',
    path: 'cloud_watch_logs_group_arn',
    wants: { set: true },
    says: 'does not send its log to CloudWatch',
    ids: ['checkov:CKV2_AWS_10', 'trivy:AWS-0162', 'kics:cloudtrail_not_integrated_with_cloudwatch'],
  },
  {
    on: 'aws_cloudtrail',
    path: 'sns_topic_name',
    wants: { set: true },
    says: 'tells nobody of a new log file',
    ids: ['checkov:CKV_AWS_252', 'kics:cloudtrail_sns_topic_name_undefined'],
  },
  {
    on: 'aws_acm_certificate',
    path: 'options.certificate_transparency_logging_preference',
    wants: 'ENABLED',
    absent: 'fine',
    ids: ['checkov:CKV_AWS_234'],
  },
  {
    on: 'aws_cloudwatch_metric_alarm',
    path: 'actions_enabled',
    wants: true,
    absent: 'fine',
    says: 'tells nobody',
    ids: ['checkov:CKV_AWS_319'],
  },
  {
    on: 'aws_ecs_cluster',
    path: 'configuration.execute_command_configuration.logging',
    wants: { not: ['NONE'] },
    absent: 'fine',
    ids: ['checkov:CKV_AWS_223'],
  },
  {
    on: 'google_project_iam_audit_config',
    path: 'audit_log_config.exempted_members',
    wants: { set: false },
    absent: 'fine',
    says: 'leaves out members',
    ids: ['kics:cloud_audit_logging_is_not_configured_properly'],
  },
  {
    on: 'google_container_cluster',
    path: 'logging_service',
    wants: { not: ['none'] },
    absent: 'fine',
    ids: ['checkov:CKV_GCP_1', 'trivy:GCP-0060', 'kics:stackdriver_logging_disabled'],
  },
  {
    on: 'google_container_cluster',
    path: 'monitoring_service',
    wants: { not: ['none'] },
    absent: 'fine',
    says: 'is not monitored',
    ids: ['checkov:CKV_GCP_8', 'trivy:GCP-0052', 'kics:stackdriver_monitoring_disabled'],
  },
];

const traffic: readonly Setting[] = [
  {
    on: BALANCERS,
    path: 'access_logs.enabled',
    wants: true,
    when: { load_balancer_type: { absentOr: { not: ['gateway'] } } },
    ids: ['checkov:CKV_AWS_91', 'kics:elb_access_log_disabled', 'kics:elb_v2_lb_access_log_disabled'],
  },
  {
    on: 'aws_elb',
    path: 'access_logs.bucket',
    wants: { set: true },
    ids: ['checkov:CKV_AWS_92', 'kics:elb_access_log_disabled'],
  },
  {
    on: 'aws_elb',
    path: 'access_logs.enabled',
    wants: true,
    absent: 'fine',
    ids: ['checkov:CKV_AWS_92', 'kics:elb_access_log_disabled'],
  },
  {
    on: 'aws_api_gateway_stage',
    path: 'access_log_settings.destination_arn',
    wants: { set: true },
    ids: [
      'checkov:CKV_AWS_76',
      'trivy:AWS-0001',
      'kics:api_gateway_access_logging_disabled',
      'kics:api_gateway_deployment_without_access_log_setting',
    ],
  },
  {
    on: 'aws_apigatewayv2_stage',
    path: 'access_log_settings.destination_arn',
    wants: { set: true },
    ids: ['checkov:CKV_AWS_95', 'trivy:AWS-0001', 'kics:api_gateway_access_logging_disabled'],
  },
  {
    on: 'aws_api_gateway_method_settings',
    path: 'settings.logging_level',
    wants: ['ERROR', 'INFO'],
    ids: ['kics:api_gateway_with_cloudwatch_logging_disabled'],
  },
  {
    on: 'aws_cloudfront_distribution',
    path: 'logging_config.bucket',
    wants: { set: true },
    ids: ['checkov:CKV_AWS_86', 'trivy:AWS-0010', 'kics:cloudfront_logging_disabled'],
  },
  {
    on: 'aws_globalaccelerator_accelerator',
    path: 'attributes.flow_logs_enabled',
    wants: true,
    says: 'keeps no flow logs',
    ids: ['checkov:CKV_AWS_75', 'kics:global_accelerator_flow_logs_disabled'],
  },
];

const dataStores: readonly Setting[] = [
  {
    on: 'google_storage_bucket',
    path: 'logging.log_bucket',
    wants: { set: true },
    says: 'does not log who reads it',
    ids: ['checkov:CKV_GCP_62', 'kics:cloud_storage_bucket_logging_not_enabled'],
  },
  {
    on: 'google_compute_subnetwork',
    path: 'log_config',
    wants: { set: true },
    when: { purpose: { absentOr: 'PRIVATE' } },
    says: 'keeps no flow logs',
    ids: ['checkov:CKV_GCP_26', 'trivy:GCP-0029'],
  },
  {
    on: 'aws_db_instance',
    path: 'enabled_cloudwatch_logs_exports',
    wants: { set: true },
    when: { engine: { not: ['custom-oracle-ee', 'custom-sqlserver-ee'] } },
    ids: ['checkov:CKV_AWS_129', 'kics:rds_without_logging'],
  },
  {
    on: 'aws_db_instance',
    path: 'monitoring_interval',
    wants: { atLeast: 1 },
    says: 'is without enhanced monitoring',
    ids: ['checkov:CKV_AWS_118'],
  },
  {
    on: 'aws_rds_cluster',
    path: 'enabled_cloudwatch_logs_exports',
    wants: { set: true },
    ids: ['checkov:CKV_AWS_324'],
  },
  {
    on: 'aws_docdb_cluster',
    path: 'enabled_cloudwatch_logs_exports',
    wants: { includes: ['audit'] },
    ids: ['checkov:CKV_AWS_85', 'trivy:AWS-0020', 'kics:docdb_logging_disabled'],
  },
  {
    on: 'aws_neptune_cluster',
    path: 'enable_cloudwatch_logs_exports',
    wants: { includes: ['audit'] },
    ids: ['checkov:CKV_AWS_101', 'trivy:AWS-0075', 'kics:neptune_logging_disabled'],
  },
  {
    on: 'aws_mq_broker',
    path: 'logs.general',
    wants: true,
    ids: ['checkov:CKV_AWS_48', 'trivy:AWS-0071', 'kics:mq_broker_logging_disabled'],
  },
  {
    on: 'aws_mq_broker',
    path: 'logs.audit',
    wants: true,
    when: { engine_type: ['ActiveMQ', 'ACTIVEMQ'] },
    ids: ['checkov:CKV_AWS_197', 'trivy:AWS-0070', 'kics:mq_broker_logging_disabled'],
  },
  {
    on: 'aws_msk_cluster',
    path: 'logging_info.broker_logs',
    wants: { set: true },
    ids: ['checkov:CKV_AWS_80', 'trivy:AWS-0074', 'kics:msk_cluster_logging_disabled'],
  },
  {
    on: 'aws_redshift_cluster',
    path: 'logging.enable',
    wants: true,
    absent: 'fine',
    ids: ['checkov:CKV_AWS_71', 'kics:redshift_cluster_logging_disabled'],
  },
  {
    on: SEARCH,
    path: 'log_publishing_options.log_type',
    wants: { set: true },
    ids: [
      'checkov:CKV_AWS_84',
      'trivy:AWS-0042',
      'kics:elasticsearch_logs_disabled',
      'kics:elasticsearch_log_disabled',
    ],
  },
  { on: 'aws_s3_bucket_logging', path: 'target_bucket', wants: { set: true }, ids: ['checkov:CKV_AWS_18'] },
];

const services: readonly Setting[] = [
  { on: 'aws_appsync_graphql_api', path: 'log_config', wants: { set: true }, ids: ['checkov:CKV_AWS_193'] },
  {
    on: 'aws_appsync_graphql_api',
    path: 'log_config.field_log_level',
    wants: ['ALL', 'ERROR', 'INFO', 'DEBUG'],
    ids: ['checkov:CKV_AWS_194'],
  },
  {
    on: 'aws_sfn_state_machine',
    path: 'logging_configuration.level',
    wants: ['ALL', 'ERROR', 'FATAL'],
    ids: ['checkov:CKV_AWS_285'],
  },
  {
    on: 'aws_codebuild_project',
    path: 'logs_config.cloudwatch_logs.status',
    wants: 'ENABLED',
    absent: 'fine',
    unless: ['logs_config.s3_logs'],
    ids: ['checkov:CKV_AWS_314'],
  },
  {
    on: 'aws_mwaa_environment',
    path: 'logging_configuration.scheduler_logs.enabled',
    wants: true,
    ids: ['checkov:CKV_AWS_242'],
  },
  {
    on: 'aws_mwaa_environment',
    path: 'logging_configuration.worker_logs.enabled',
    wants: true,
    ids: ['checkov:CKV_AWS_243'],
  },
  {
    on: 'aws_mwaa_environment',
    path: 'logging_configuration.webserver_logs.enabled',
    wants: true,
    ids: ['checkov:CKV_AWS_244'],
  },
  { on: 'azurerm_app_service', path: 'logs.http_logs', wants: { set: true }, ids: ['checkov:CKV_AZURE_63'] },
  {
    on: 'azurerm_app_service',
    path: 'logs.detailed_error_messages_enabled',
    wants: true,
    ids: ['checkov:CKV_AZURE_65'],
  },
  {
    on: 'azurerm_app_service',
    path: 'logs.failed_request_tracing_enabled',
    wants: true,
    ids: ['checkov:CKV_AZURE_66'],
  },
];

/** What was not logged cannot be looked up afterwards: who did it, and whether anybody else did. */
export const rule = settingRule({
  id: 'terraform/logs-off',
  severity: 'information',
  profile: 'strict',
  says: 'keeps no log',
  settings: [...audit, ...traffic, ...dataStores, ...services],
});
