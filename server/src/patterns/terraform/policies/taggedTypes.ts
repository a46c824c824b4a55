const AWS =
  'acm_certificate alb ami api_gateway_rest_api api_gateway_stage apigatewayv2_api appautoscaling_target athena_workgroup backup_plan backup_vault batch_compute_environment cloudfront_distribution cloudtrail cloudwatch_log_group cloudwatch_metric_alarm codebuild_project codepipeline cognito_user_pool customer_gateway db_instance db_parameter_group db_subnet_group dms_replication_instance docdb_cluster dynamodb_table ebs_snapshot ebs_volume ec2_transit_gateway ecr_repository ecs_cluster ecs_service ecs_task_definition efs_file_system eip eks_cluster eks_node_group elasticache_cluster elasticache_replication_group elb fsx_lustre_file_system glue_job iam_role iam_user instance internet_gateway kinesis_firehose_delivery_stream kinesis_stream kms_key lambda_function launch_template lb lb_target_group mq_broker msk_cluster nat_gateway neptune_cluster network_acl network_interface opensearch_domain rds_cluster redshift_cluster route53_zone route_table s3_bucket sagemaker_notebook_instance secretsmanager_secret security_group sfn_state_machine sns_topic sqs_queue ssm_parameter subnet vpc vpc_endpoint vpn_connection vpn_gateway wafv2_web_acl';
const AZURE =
  'app_service_plan application_gateway application_insights automation_account availability_set bastion_host cdn_profile container_app container_group container_registry cosmosdb_account data_factory databricks_workspace disk_encryption_set dns_zone eventhub_namespace firewall key_vault kubernetes_cluster kubernetes_cluster_node_pool lb linux_function_app linux_virtual_machine linux_web_app log_analytics_workspace managed_disk mssql_server mysql_flexible_server nat_gateway network_interface network_security_group postgresql_flexible_server private_endpoint public_ip redis_cache resource_group route_table search_service service_plan servicebus_namespace snapshot storage_account user_assigned_identity virtual_machine virtual_network virtual_network_gateway windows_virtual_machine windows_web_app';
const GOOGLE =
  'bigquery_dataset bigquery_table bigtable_instance cloud_run_v2_service cloudfunctions2_function composer_environment compute_disk compute_image compute_instance compute_instance_template compute_snapshot dataproc_cluster filestore_instance kms_crypto_key pubsub_subscription pubsub_topic redis_instance secret_manager_secret spanner_instance storage_bucket';

/** How the tags of a provider's resources are written. */
export interface Tagging {
  /** The provider's block: `aws`. */
  readonly provider: string;
  /** The argument that holds them: `tags`, `labels`. */
  readonly argument: string;
  readonly noun: string;
  /** Where the provider's block holds those of all its resources. */
  readonly defaults: readonly string[];
}

const PROVIDERS: readonly (readonly [prefix: string, types: string, tagging: Tagging])[] = [
  ['aws', AWS, { provider: 'aws', argument: 'tags', noun: 'tag', defaults: ['default_tags', 'tags'] }],
  ['azurerm', AZURE, { provider: 'azurerm', argument: 'tags', noun: 'tag', defaults: [] }],
  ['google', GOOGLE, { provider: 'google', argument: 'labels', noun: 'label', defaults: ['default_labels'] }],
];

/** By type of resource. Types that are not here may have no tags. */
export const TAGGING: ReadonlyMap<string, Tagging> = new Map(
  PROVIDERS.flatMap(([prefix, types, tagging]) =>
    types.split(' ').map((type): [string, Tagging] => [`${prefix}_${type}`, tagging]),
  ),
);
