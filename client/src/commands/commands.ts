import { abortCanary } from './abortCanary.ts';
import { abortRollout } from './abortRollout.ts';
import { applyPattern } from './applyPattern.ts';
import { buildImage } from './buildImage.ts';
import { chooseContext } from './chooseContext.ts';
import type { Command } from './command.ts';
import { deploy } from './deploy.ts';
import { deployHere } from './deployHere.ts';
import { explainPattern } from './explainPattern.ts';
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
import { shipApplication } from './shipApplication.ts';
import { showCanaries } from './showCanaries.ts';
import { showLog } from './showLog.ts';
import { showPicture } from './showPicture.ts';
import { showNamespace } from './showNamespace.ts';
import { switchColour } from './switchColour.ts';
import { watchRollout } from './watchRollout.ts';

/** Every command that package.json contributes. */
export const COMMANDS: readonly Command[] = [
  abortCanary,
  abortRollout,
  applyPattern,
  buildImage,
  chooseContext,
  deploy,
  deployHere,
  explainPattern,
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
  shipApplication,
  showCanaries,
  showLog,
  showPicture,
  showNamespace,
  switchColour,
  watchRollout,
];
