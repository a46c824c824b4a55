import { finalStage, stageSettings } from '../../languages/dockerfile/stageSettings.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** Docker and Compose restart by HEALTHCHECK; Kubernetes never looks at it and has probes. Hence strict. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/healthcheck-missing',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL3057', 'kics:healthcheck_instruction_missing', 'checkov:CKV_DOCKER_2', 'trivy:DS-0026'],
  *check(file) {
    const stage = finalStage(file);
    if (!stage?.image || stageSettings(file, stage).healthcheck) return;
    yield { at: placeOf(file, stage.image.span), message: 'The image has no HEALTHCHECK.' };
  },
});
