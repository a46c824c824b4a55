import { baseSystem } from '../../languages/dockerfile/baseSystem.ts';
import { finalStage, stageSettings } from '../../languages/dockerfile/stageSettings.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { dropsPrivileges } from './privileges.ts';

/**
 * Without USER an image runs as its base image does. Of Docker's own languages and systems it is certain that this is
 * root; other images may have set a user, and what starts no process of its own is a base for further images: of both only
 * the strict profile speaks.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/user-missing',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['kics:missing_user_instruction', 'checkov:CKV_DOCKER_3', 'trivy:DS-0002'],
  *check(file) {
    const stage = finalStage(file);
    if (!stage?.image) return;
    const settings = stageSettings(file, stage);
    if (settings.user) return;
    if (settings.root.kind === 'unknown' || dropsPrivileges(file, stage)) return;
    const text = settings.root.kind === 'image' ? settings.root.text : '';
    if (/nonroot|rootless|unprivileged|chiseled|distroless\/.*:nonroot/.test(text)) return;
    const isCertain = baseSystem(file, stage).isPlatform;
    const startsProcess = settings.command !== undefined || settings.entrypoint !== undefined;
    yield {
      at: placeOf(file, stage.image.span),
      message: isCertain
        ? 'No USER is set, so the image runs as root.'
        : `No USER is set, so the image runs as ${text} does.`,
      ...(isCertain && startsProcess ? {} : ({ strict: true } as const)),
    };
  },
});
