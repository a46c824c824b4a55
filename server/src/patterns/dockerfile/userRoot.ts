import { expandVariables } from '../../languages/dockerfile/expandVariables.ts';
import { userOf } from '../../languages/dockerfile/imageFacts.ts';
import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { finalStage, stageSettings } from '../../languages/dockerfile/stageSettings.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { dropsPrivileges } from './privileges.ts';

/** Only the last USER of the last stage decides who runs. Images that hand over by gosu and the like start as root on purpose. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/user-root',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3002', 'kics:last_user_is_root', 'checkov:CKV_DOCKER_8', 'trivy:DS-0002'],
  *check(file) {
    const stage = finalStage(file);
    const user = stage && stageSettings(file, stage).user;
    const word = user?.words[0];
    if (!stage || !user || !word) return;
    const at = placeOf(file, word.span);
    const scopes = variableScopes(file);
    const isFixed = userOf(scopes.expand(word, user).value, at).isRoot;
    const byDefault = expandVariables(word.text, file.escape, (name) => scopes.defaultValueAt(name, user)).value;
    const isRoot = isFixed === 'unknown' ? userOf(byDefault, at).isRoot : isFixed;
    if (isRoot !== true || dropsPrivileges(file, stage)) return;
    if (isFixed === true) yield { at, message: 'The image runs as root.' };
    else yield { at, message: 'Without build arguments, the image runs as root.', strict: true };
  },
});
