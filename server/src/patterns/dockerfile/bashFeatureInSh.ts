import { baseSystem } from '../../languages/dockerfile/baseSystem.ts';
import type { DockerfileFile, DockerfileStage } from '../../languages/dockerfile/dockerfileFile.ts';
import type { InstructionScript } from '../../languages/dockerfile/instructionScripts.ts';
import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { stageChain } from '../../languages/dockerfile/stageSettings.ts';
import { type BashFeature, bashFeatures, bashOptions } from '../../languages/shell/bashFeatures.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/**
 * `/bin/sh` of Debian and Ubuntu is dash, which knows nothing of bash. Some of this fails; some is worse: a list in braces
 * is taken as it stands, and `mkdir /{a,b}` makes one folder of that name. Of images that are not certainly Debian, only
 * the strict profile speaks; the shell of Red Hat's systems is bash, and that of Alpine knows a good part.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/bash-feature-in-sh',
  severity: 'warning',
  profile: 'recommended',
  equivalents: [
    'hadolint:SC2039',
    'hadolint:SC2112',
    'hadolint:SC3001',
    'hadolint:SC3003',
    'hadolint:SC3005',
    'hadolint:SC3006',
    'hadolint:SC3008',
    'hadolint:SC3009',
    'hadolint:SC3010',
    'hadolint:SC3011',
    'hadolint:SC3014',
    'hadolint:SC3015',
    'hadolint:SC3016',
    'hadolint:SC3018',
    'hadolint:SC3019',
    'hadolint:SC3020',
    'hadolint:SC3021',
    'hadolint:SC3024',
    'hadolint:SC3025',
    'hadolint:SC3029',
    'hadolint:SC3030',
    'hadolint:SC3034',
    'hadolint:SC3036',
    'hadolint:SC3037',
    'hadolint:SC3039',
    'hadolint:SC3040',
    'hadolint:SC3044',
    'hadolint:SC3045',
    'hadolint:SC3046',
    'hadolint:SC3047',
    'hadolint:SC3050',
    'hadolint:SC3054',
    'hadolint:SC3057',
    'hadolint:SC3059',
    'hadolint:SC3060',
  ],
  *check(file) {
    // Another program may have been put in the place of /bin/sh.
    const isReplaced = stageRuns(file).some((other) =>
      other.commands.some((use) => use.arguments.some((word) => /^(?:\/usr)?\/bin\/sh$|^dash$/.test(word.text ?? ''))),
    );
    if (isReplaced) return;
    for (const run of stageRuns(file)) {
      const { family } = baseSystem(file, run.stage);
      if (family === 'redhat' || run.deferred) continue;
      const isBusyBox = family === 'alpine' || family === 'busybox';
      for (const script of run.scripts) {
        if (script.shell !== 'sh' || script.form === 'exec') continue;
        const found = [
          ...bashFeatures(script.parsed.script, (span) => file.source.slice(span)),
          ...bashOptions(script.commands),
          ...pipefail(script, isOldRelease(file, run.stage)),
        ];
        for (const { span, what, inBusyBox } of found) {
          if (isBusyBox && inBusyBox) continue;
          yield {
            at: placeOf(file, span),
            ...(family === 'debian'
              ? { message: `/bin/sh of this image is dash, which has no ${what}.` }
              : {
                  message: `/bin/sh may be a shell without bash's additions, which has no ${what}.`,
                  strict: true as const,
                }),
          };
        }
      }
    }
  },
});

/** Releases whose dash is certainly too old for `set -o pipefail`; newer ones may know it. */
const OLD_RELEASE = /bookworm|bullseye|buster|stretch|noble|jammy|focal|bionic/;

function isOldRelease(file: DockerfileFile, stage: DockerfileStage): boolean {
  const { base } = stageChain(file, stage).at(-1)!;
  if (base.kind !== 'image') return false;
  const { name, tag = '' } = base.reference;
  if (name === 'debian' && /^(?:9|10|11|12)(?:\D|$)/.test(tag)) return true;
  return (name === 'ubuntu' && /^(?:1\d|2[0-4])\./.test(tag)) || OLD_RELEASE.test(tag);
}

function pipefail({ commands }: InstructionScript, isOld: boolean): BashFeature[] {
  if (!isOld) return [];
  return commands.flatMap((use) => {
    const word = use.name === 'set' && !use.innerOf ? use.arguments.find(({ text }) => text === 'pipefail') : undefined;
    return word ? [{ span: word.span, what: 'pipefail', inBusyBox: true }] : [];
  });
}
