import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { isShipped, type StageRun } from '../../languages/dockerfile/stageRuns.ts';

/** The size of a layer matters where it is shipped; of those that stay behind only the strict profile speaks. */
export function onlyStrictUnlessShipped(file: DockerfileFile, run: StageRun): { readonly strict?: true } {
  return isShipped(file, run.stage) ? {} : { strict: true };
}
