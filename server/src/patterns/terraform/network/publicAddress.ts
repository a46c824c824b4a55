import { settingRule } from '../parts/settingRule.ts';

/** A machine with a public address is one rule of a firewall away from the Internet. */
export const rule = settingRule({
  id: 'terraform/public-address',
  severity: 'information',
  profile: 'strict',
  says: 'gets a public address',
  settings: [
    {
      on: ['aws_instance', 'aws_launch_configuration'],
      path: 'associate_public_ip_address',
      wants: false,
      absent: 'fine',
      ids: ['checkov:CKV_AWS_88', 'trivy:AWS-0009', 'kics:ec2_instance_has_public_ip'],
    },
    {
      on: 'aws_launch_template',
      path: 'network_interfaces.associate_public_ip_address',
      wants: false,
      absent: 'fine',
      ids: ['checkov:CKV_AWS_88', 'kics:ec2_instance_has_public_ip'],
    },
    {
      on: ['aws_subnet', 'aws_default_subnet'],
      path: 'map_public_ip_on_launch',
      wants: false,
      absent: 'fine',
      says: 'gives everything in it a public address',
      ids: ['checkov:CKV_AWS_130', 'trivy:AWS-0164', 'kics:vpc_subnet_assigns_public_ip'],
    },
    {
      on: 'aws_ecs_service',
      path: 'network_configuration.assign_public_ip',
      wants: false,
      absent: 'fine',
      ids: ['checkov:CKV_AWS_333', 'kics:ecs_services_assigned_with_public_ip_address'],
    },
    {
      on: 'google_compute_instance',
      path: 'network_interface.access_config',
      wants: { set: false },
      ids: ['checkov:CKV_GCP_40', 'trivy:GCP-0031'],
    },
    {
      on: 'google_sql_database_instance',
      path: 'settings.ip_configuration.ipv4_enabled',
      wants: false,
      ids: ['checkov:CKV_GCP_60', 'trivy:GCP-0017'],
    },
    {
      on: 'google_dataproc_cluster',
      path: 'cluster_config.gce_cluster_config.internal_ip_only',
      wants: true,
      ids: ['checkov:CKV_GCP_103'],
    },
    { on: 'google_dataflow_job', path: 'ip_configuration', wants: 'WORKER_IP_PRIVATE', ids: ['checkov:CKV_GCP_94'] },
    {
      on: 'azurerm_network_interface',
      path: 'ip_configuration.public_ip_address_id',
      wants: { set: false },
      ids: ['checkov:CKV_AZURE_119', 'kics:network_interfaces_with_public_ip'],
    },
    {
      on: 'azurerm_kubernetes_cluster',
      path: 'default_node_pool.node_public_ip_enabled',
      wants: false,
      absent: 'fine',
      says: 'gives its nodes public addresses',
      ids: ['checkov:CKV_AZURE_143'],
    },
  ],
});
