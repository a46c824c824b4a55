import { applyPattern } from './applyPattern.ts';
import { buildImage } from './buildImage.ts';
import { chooseContext } from './chooseContext.ts';
import type { Command } from './command.ts';
import { deploy } from './deploy.ts';
import { explainPattern } from './explainPattern.ts';
import { previewChart } from './previewChart.ts';
import { pushImage } from './pushImage.ts';
import { refresh } from './refresh.ts';
import { rollBack } from './rollBack.ts';
import { runBuild } from './runBuild.ts';
import { shipApplication } from './shipApplication.ts';
import { showLog } from './showLog.ts';
import { watchRollout } from './watchRollout.ts';

/** Every command that package.json contributes. */
export const COMMANDS: readonly Command[] = [
  applyPattern,
  buildImage,
  chooseContext,
  deploy,
  explainPattern,
  previewChart,
  pushImage,
  refresh,
  rollBack,
  runBuild,
  shipApplication,
  showLog,
  watchRollout,
];
