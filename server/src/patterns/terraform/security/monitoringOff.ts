import { settingRule } from '../parts/settingRule.ts';

/** Traces and finer metrics show why something is slow; they are off until somebody asks for them. */
export const rule = settingRule({
  id: 'terraform/monitoring-off',
  severity: 'information',
  profile: 'strict',
  says: 'is not traced',
  settings: [
    {
      on: 'aws_ecs_cluster',
      path: 'setting',
      wants: { set: true },
      says: 'is without container insights',
      ids: ['checkov:CKV_AWS_65', 'trivy:AWS-0034', 'kics:ecs_cluster_container_insights_disabled'],
    },
    {
      on: 'aws_lambda_function',
      path: 'tracing_config.mode',
      wants: 'Active',
      ids: ['checkov:CKV_AWS_50', 'trivy:AWS-0066', 'kics:lambda_functions_without_x-ray_tracing'],
    },
    {
      on: 'aws_api_gateway_stage',
      path: 'xray_tracing_enabled',
      wants: true,
      ids: ['checkov:CKV_AWS_73', 'trivy:AWS-0003', 'kics:api_gateway_xray_disabled'],
    },
    { on: 'aws_sfn_state_machine', path: 'tracing_configuration.enabled', wants: true, ids: ['checkov:CKV_AWS_284'] },
    {
      on: 'aws_ecs_cluster',
      each: 'setting',
      path: 'value',
      wants: ['enabled', 'enhanced'],
      when: { name: 'containerInsights' },
      says: 'is without container insights',
      ids: ['checkov:CKV_AWS_65', 'trivy:AWS-0034', 'kics:ecs_cluster_container_insights_disabled'],
    },
    {
      on: ['aws_db_instance', 'aws_rds_cluster_instance'],
      path: 'performance_insights_enabled',
      wants: true,
      says: 'is without performance insights',
      ids: ['checkov:CKV_AWS_353', 'trivy:AWS-0133'],
    },
    {
      on: 'aws_instance',
      path: 'monitoring',
      wants: true,
      says: 'is measured only every five minutes',
      ids: ['checkov:CKV_AWS_126', 'kics:ec2_instance_monitoring_disabled'],
    },
  ],
});
