import { abortCanary } from './abortCanary.ts';
import { abortRollout } from './abortRollout.ts';
import { analyzeImage } from './analyzeImage.ts';
import { applyPattern } from './applyPattern.ts';
import { buildImage } from './buildImage.ts';
import { chooseContext } from './chooseContext.ts';
import type { Command } from './command.ts';
import { compareImageVersions } from './compareImageVersions.ts';
import { deploy } from './deploy.ts';
import { deployHere } from './deployHere.ts';
import { explainPattern } from './explainPattern.ts';
import { pinImageDigest } from './pinImageDigest.ts';
import { prepareColour } from './prepareColour.ts';
import { previewChart } from './previewChart.ts';
import { promoteCanary } from './promoteCanary.ts';
import { promoteRollout } from './promoteRollout.ts';
import { promoteRolloutFully } from './promoteRolloutFully.ts';
import { pushImage } from './pushImage.ts';
import { refresh } from './refresh.ts';
import { retryRollout } from './retryRollout.ts';
import { rollBack } from './rollBack.ts';
import { runBuild } from './runBuild.ts';
import { runCanary } from './runCanary.ts';
import { scanImage } from './scanImage.ts';
import { shipApplication } from './shipApplication.ts';
import { showCanaries } from './showCanaries.ts';
import { showLog } from './showLog.ts';
import { showNamespace } from './showNamespace.ts';
import { showPicture } from './showPicture.ts';
import { switchColour } from './switchColour.ts';
import { watchRollout } from './watchRollout.ts';

/** Every command that package.json contributes. */
export const COMMANDS: readonly Command[] = [
  abortCanary,
  abortRollout,
  analyzeImage,
  applyPattern,
  buildImage,
  chooseContext,
  compareImageVersions,
  deploy,
  deployHere,
  explainPattern,
  pinImageDigest,
  prepareColour,
  previewChart,
  promoteCanary,
  promoteRollout,
  promoteRolloutFully,
  pushImage,
  refresh,
  retryRollout,
  rollBack,
  runBuild,
  runCanary,
  scanImage,
  shipApplication,
  showCanaries,
  showLog,
  showNamespace,
  showPicture,
  switchColour,
  watchRollout,
];
