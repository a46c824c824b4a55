import type { DockerfileStage } from '../../languages/dockerfile/dockerfileFile.ts';
import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { CommandUse } from '../../languages/shell/commandUses.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** One program for one task keeps the image smaller. Strict: a base image may carry both anyway. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/wget-and-curl',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL4001', 'kics:run_using_wget_and_curl', 'trivy:DS-0014'],
  *check(file) {
    const firstOfStage = new Map<DockerfileStage, Map<string, CommandUse>>();
    for (const { stage, commands } of stageRuns(file)) {
      const first = firstOfStage.get(stage) ?? new Map<string, CommandUse>();
      firstOfStage.set(stage, first);
      for (const use of commands) {
        if ((use.name === 'wget' || use.name === 'curl') && !first.has(use.name)) first.set(use.name, use);
      }
    }
    for (const first of firstOfStage.values()) {
      const [earlier, later] = [...first.values()];
      if (!earlier || !later) continue;
      yield {
        at: placeOf(file, later.nameWord.span),
        message: `This stage uses ${later.name} beside ${earlier.name}.`,
        related: [{ at: placeOf(file, earlier.nameWord.span), message: `${earlier.name} is used here.` }],
      };
    }
  },
});
