import { settingRule } from '../parts/settingRule.ts';
import { blocksOf, reachedFrom } from '../parts/terraformBlock.ts';

const INSTANCES = ['aws_db_instance', 'aws_rds_cluster_instance', 'aws_neptune_cluster_instance'];

/** A database with a public address is found within hours, whatever its password. */
export const rule = settingRule({
  id: 'terraform/public-database',
  severity: 'error',
  profile: 'recommended',
  says: 'can be reached from the Internet',
  andTypes: ['aws_db_subnet_group'],
  equivalents: ['kics:rds_associated_with_public_subnet'],
  settings: [
    {
      on: INSTANCES,
      path: 'publicly_accessible',
      wants: false,
      absent: 'fine',
      ids: [
        'checkov:CKV_AWS_17',
        'checkov:CKV_AWS_102',
        'trivy:AWS-0180',
        'kics:rds_db_instance_publicly_accessible',
        'kics:neptune_cluster_instance_is_publicly_accessible',
      ],
    },
    {
      on: 'aws_redshift_cluster',
      path: 'publicly_accessible',
      wants: false,
      absent: 'fine',
      ids: ['checkov:CKV_AWS_87', 'kics:redshift_publicly_accessible'],
    },
    {
      on: 'aws_dms_replication_instance',
      path: 'publicly_accessible',
      wants: false,
      absent: 'fine',
      ids: ['checkov:CKV_AWS_89', 'kics:amazon_dms_replication_instance_is_publicly_accessible'],
    },
    {
      on: 'aws_mq_broker',
      path: 'publicly_accessible',
      wants: false,
      absent: 'fine',
      ids: ['checkov:CKV_AWS_69', 'trivy:AWS-0072', 'kics:mq_broker_is_publicly_accessible'],
    },
    {
      on: 'aws_msk_cluster',
      path: 'broker_node_group_info.connectivity_info.public_access.type',
      wants: 'DISABLED',
      absent: 'fine',
      ids: ['checkov:CKV_AWS_291', 'kics:msk_broker_is_publicly_accessible'],
    },
    {
      on: 'google_sql_database_instance',
      path: 'settings.ip_configuration.authorized_networks.value',
      wants: { not: ['0.0.0.0/0', '::/0'] },
      absent: 'fine',
      ids: ['checkov:CKV_GCP_11', 'kics:sql_db_instance_publicly_accessible'],
    },
    {
      on: 'google_bigquery_dataset',
      path: 'access.special_group',
      wants: { not: ['allAuthenticatedUsers'] },
      absent: 'fine',
      says: 'can be read by anybody with an account',
      ids: ['checkov:CKV_GCP_15', 'trivy:GCP-0046', 'kics:bigquery_dataset_is_public'],
    },
    {
      on: [
        'azurerm_mssql_server',
        'azurerm_mysql_server',
        'azurerm_postgresql_server',
        'azurerm_mariadb_server',
        'azurerm_cosmosdb_account',
        'azurerm_redis_cache',
      ],
      path: 'public_network_access_enabled',
      wants: false,
      strict: true,
      ids: [
        'checkov:CKV_AZURE_113',
        'checkov:CKV_AZURE_53',
        'checkov:CKV_AZURE_68',
        'checkov:CKV_AZURE_48',
        'checkov:CKV_AZURE_101',
        'checkov:CKV_AZURE_89',
        'trivy:AZU-0022',
        'kics:mssql_server_public_network_access_enabled',
        'kics:mysql_server_public_access_enabled',
        'kics:mariadb_public_network_access_enabled',
        'kics:redis_publicly_accessible',
      ],
    },
  ],
  *and(block, graph) {
    if (block.type !== 'aws_db_subnet_group') return;
    const reached = reachedFrom(block.module, block.block, graph);
    for (const subnet of blocksOf(block.module, graph, 'aws_subnet')) {
      if (!reached.has(subnet.address) || subnet.node.boolean('map_public_ip_on_launch') !== true) continue;
      yield {
        at: block.namePlace,
        message: `${block.address} puts databases into ${subnet.address}, which gives everything in it a public address.`,
        related: [{ at: subnet.namePlace, message: 'The public subnet.' }],
        strict: true,
      };
    }
  },
});
