import { settingRule } from '../parts/settingRule.ts';

/** Headers that are not valid HTTP reach the backend and mean there something else than here: request smuggling. */
export const rule = settingRule({
  id: 'terraform/invalid-headers-kept',
  severity: 'information',
  profile: 'strict',
  says: 'passes invalid headers on',
  settings: [
    {
      on: ['aws_lb', 'aws_alb'],
      path: 'drop_invalid_header_fields',
      wants: true,
      when: { load_balancer_type: { absentOr: 'application' } },
      ids: ['checkov:CKV_AWS_131', 'trivy:AWS-0052', 'kics:alb_not_dropping_invalid_headers'],
    },
    {
      on: ['aws_lb', 'aws_alb', 'aws_elb'],
      path: 'desync_mitigation_mode',
      wants: ['defensive', 'strictest'],
      absent: 'fine',
      ids: ['checkov:CKV_AWS_328'],
    },
  ],
});
