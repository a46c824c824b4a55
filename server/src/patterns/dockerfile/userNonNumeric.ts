import { userOf } from '../../languages/dockerfile/imageFacts.ts';
import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { finalStage, stageSettings } from '../../languages/dockerfile/stageSettings.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** Kubernetes can't tell that a name is not root, so `runAsNonRoot: true` refuses the image unless the pod gives a number. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/user-non-numeric',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL3066'],
  *check(file) {
    const stage = finalStage(file);
    const user = stage && stageSettings(file, stage).user;
    const word = user?.words[0];
    if (!user || !word) return;
    const at = placeOf(file, word.span);
    const { name, uid } = userOf(variableScopes(file).expand(word, user).value, at);
    if (name === undefined || name === '' || uid !== undefined) return;
    yield { at, message: `With runAsNonRoot, Kubernetes refuses ${name}: it is no number.` };
  },
});
