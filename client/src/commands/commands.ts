import { abortCanary } from './abortCanary.ts';
import { applyPattern } from './applyPattern.ts';
import { buildImage } from './buildImage.ts';
import { chooseContext } from './chooseContext.ts';
import type { Command } from './command.ts';
import { deploy } from './deploy.ts';
import { explainPattern } from './explainPattern.ts';
import { previewChart } from './previewChart.ts';
import { promoteCanary } from './promoteCanary.ts';
import { pushImage } from './pushImage.ts';
import { refresh } from './refresh.ts';
import { rollBack } from './rollBack.ts';
import { runBuild } from './runBuild.ts';
import { runCanary } from './runCanary.ts';
import { shipApplication } from './shipApplication.ts';
import { showCanaries } from './showCanaries.ts';
import { showLog } from './showLog.ts';
import { watchRollout } from './watchRollout.ts';

/** Every command that package.json contributes. */
export const COMMANDS: readonly Command[] = [
  abortCanary,
  applyPattern,
  buildImage,
  chooseContext,
  deploy,
  explainPattern,
  previewChart,
  promoteCanary,
  pushImage,
  refresh,
  rollBack,
  runBuild,
  runCanary,
  shipApplication,
  showCanaries,
  showLog,
  watchRollout,
];
