import { settingRule } from '../parts/settingRule.ts';

/** The first version of the metadata service answers any process that can send a request, also by a forged one. */
export const rule = settingRule({
  id: 'terraform/instance-metadata-v1',
  severity: 'warning',
  profile: 'strict',
  says: 'answers requests of version 1 for its credentials',
  settings: [
    {
      on: ['aws_instance', 'aws_launch_template', 'aws_launch_configuration'],
      path: 'metadata_options.http_tokens',
      wants: 'required',
      when: { 'metadata_options.http_endpoint': { absentOr: 'enabled' } },
      ids: ['checkov:CKV_AWS_79', 'trivy:AWS-0028', 'trivy:AWS-0130', 'kics:instance_uses_metadata_service_IMDSv1'],
    },
    {
      on: ['aws_instance', 'aws_launch_template'],
      path: 'metadata_options.http_put_response_hop_limit',
      wants: { atMost: 1 },
      absent: 'fine',
      when: { 'metadata_options.http_endpoint': { absentOr: 'enabled' } },
      says: 'lets answers of its metadata service cross a second hop',
      ids: ['checkov:CKV_AWS_341'],
    },
    {
      on: 'aws_sagemaker_notebook_instance',
      path: 'instance_metadata_service_configuration.minimum_instance_metadata_service_version',
      wants: '2',
      ids: ['checkov:CKV_AWS_371'],
    },
  ],
});
