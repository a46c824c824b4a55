import { stageUses } from '../../languages/dockerfile/stageSettings.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** A stage can't copy from itself: it is not built yet. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/copy-from-self',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['hadolint:DL3023', 'kics:copy_from_references_current_from_alias', 'trivy:DS-0006'],
  *check(file) {
    for (const { instruction, text, span, stage, from } of stageUses(file)) {
      if (from === 'FROM' || !stage || stage.index !== instruction.stage) continue;
      yield { at: placeOf(file, span), message: `${text} is the very stage that this instruction belongs to.` };
    }
  },
});
