import { abortCanary } from './abortCanary.ts';
import { abortRollout } from './abortRollout.ts';
import { analyzeImage } from './analyzeImage.ts';
import { applyPattern } from './applyPattern.ts';
import { buildImage } from './buildImage.ts';
import { cordonNode, deleteLiveObject, restartWorkload, scaleWorkload, uncordonNode } from './changeObject.ts';
import { chooseContext } from './chooseContext.ts';
import { chooseDriftSources } from './chooseDriftSources.ts';
import type { Command } from './command.ts';
import { compareContexts } from './compareContexts.ts';
import { compareDrift } from './compareDrift.ts';
import { compareImageVersions } from './compareImageVersions.ts';
import { compareManifests } from './compareManifests.ts';
import { compareNamespaces } from './compareNamespaces.ts';
import { copyName, copyYaml } from './copyObject.ts';
import { deploy } from './deploy.ts';
import { deployHere } from './deployHere.ts';
import { describeObject } from './describeObject.ts';
import { diffApplication } from './diffApplication.ts';
import { explainPattern } from './explainPattern.ts';
import { filterLogs } from './filterLogs.ts';
import { forwardPort, stopForward } from './forwardPort.ts';
import { helmAddRepository } from './helmAddRepository.ts';
import { helmHistory } from './helmHistory.ts';
import { helmPushChart } from './helmPushChart.ts';
import { helmRollback } from './helmRollback.ts';
import { helmSearch } from './helmSearch.ts';
import { helmTest } from './helmTest.ts';
import { helmUninstall } from './helmUninstall.ts';
import { helmUpdateDependencies } from './helmUpdateDependencies.ts';
import { helmUpdateRepositories } from './helmUpdateRepositories.ts';
import { openTerminal } from './openTerminal.ts';
import { openYaml } from './openYaml.ts';
import { pinImageDigest } from './pinImageDigest.ts';
import { prepareColour } from './prepareColour.ts';
import { previewChart } from './previewChart.ts';
import { previewColour } from './previewColour.ts';
import { promoteCanary } from './promoteCanary.ts';
import { promoteRollout } from './promoteRollout.ts';
import { promoteRolloutFully } from './promoteRolloutFully.ts';
import { pushImage } from './pushImage.ts';
import { refresh } from './refresh.ts';
import { refreshApplication } from './refreshApplication.ts';
import { retryRollout } from './retryRollout.ts';
import { rollBack } from './rollBack.ts';
import { rollBackApplication } from './rollBackApplication.ts';
import { runBuild } from './runBuild.ts';
import { runCanary } from './runCanary.ts';
import { saveLogs } from './saveLogs.ts';
import { scanImage } from './scanImage.ts';
import { shipApplication } from './shipApplication.ts';
import { showCanaries } from './showCanaries.ts';
import { showDrift } from './showDrift.ts';
import { showLog } from './showLog.ts';
import { showLogs, showPreviousLogs } from './showLogs.ts';
import { showNamespace } from './showNamespace.ts';
import { showPicture } from './showPicture.ts';
import { stopLogs } from './stopLogs.ts';
import { switchColour } from './switchColour.ts';
import { syncApplication } from './syncApplication.ts';
import { terraformApply } from './terraformApply.ts';
import { terraformFormat } from './terraformFormat.ts';
import { terraformInit } from './terraformInit.ts';
import { terraformOutput } from './terraformOutput.ts';
import { terraformPlan } from './terraformPlan.ts';
import { terraformValidate } from './terraformValidate.ts';
import { terraformWorkspace } from './terraformWorkspace.ts';
import { watchRollout } from './watchRollout.ts';

/** Every command that package.json contributes. */
export const COMMANDS: readonly Command[] = [
  abortCanary,
  abortRollout,
  analyzeImage,
  applyPattern,
  buildImage,
  chooseContext,
  chooseDriftSources,
  compareContexts,
  compareDrift,
  compareImageVersions,
  compareManifests,
  compareNamespaces,
  copyName,
  copyYaml,
  cordonNode,
  deleteLiveObject,
  deploy,
  deployHere,
  describeObject,
  diffApplication,
  explainPattern,
  filterLogs,
  forwardPort,
  helmAddRepository,
  helmHistory,
  helmPushChart,
  helmRollback,
  helmSearch,
  helmTest,
  helmUninstall,
  helmUpdateDependencies,
  helmUpdateRepositories,
  openTerminal,
  openYaml,
  pinImageDigest,
  prepareColour,
  previewChart,
  previewColour,
  promoteCanary,
  promoteRollout,
  promoteRolloutFully,
  pushImage,
  refresh,
  refreshApplication,
  restartWorkload,
  retryRollout,
  rollBack,
  rollBackApplication,
  runBuild,
  runCanary,
  saveLogs,
  scaleWorkload,
  scanImage,
  shipApplication,
  showCanaries,
  showDrift,
  showLog,
  showLogs,
  showNamespace,
  showPicture,
  showPreviousLogs,
  stopForward,
  stopLogs,
  switchColour,
  syncApplication,
  terraformApply,
  terraformFormat,
  terraformInit,
  terraformOutput,
  terraformPlan,
  terraformValidate,
  terraformWorkspace,
  uncordonNode,
  watchRollout,
];
