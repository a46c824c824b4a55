import { window } from 'vscode';
import { systemClock } from '../adapters/clock.ts';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { Failure } from '../cluster/failure.ts';
import { versionName } from '../delivery/progressive/canary.ts';
import { afterCanaryInput, canaryAt } from '../delivery/progressive/canaryState.ts';
import { clusterRoutes, requireServing } from '../delivery/progressive/clusterCanary.ts';
import { requireUnkept } from '../delivery/progressive/keepingRollout.ts';
import { askCanary } from './askCanary.ts';
import { askProtection } from './askProtection.ts';
import { askTarget } from './askTarget.ts';
import { askPrometheus, canaryPlan } from './canaryChoices.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCluster } from './withCluster.ts';

/**
 * Lets a canary go on by itself in the cluster: each step is kept while both versions are measured, a breach takes the
 * canary back, and what cannot be measured pauses it.
 */
export const runCanary: Command = {
  id: 'slipway.runCanary',
  needsTrust: true,
  async run(context, argument) {
    const { canary, kind, object } = await askCanary(argument, 'Run Canary with Analysis');
    const name = versionName(canary.canary);
    const title = `Run canary ${name}`;
    const prometheus = await askPrometheus(title);
    const place = await askTarget(context, undefined, title, object.metadata.namespace);
    const route = { kind, namespace: place.namespace, name: object.metadata.name };
    const where = `${kind} ${route.namespace}/${route.name} on ${place.context}`;
    const plan = canaryPlan();
    const thresholds = slipwaySettings.analysisThresholds();
    const target = { route, stable: canary.stable, canary: canary.canary };
    const percent = await withCluster(context, place.context, `Reading ${where}`, async (api, signal) => {
      await requireUnkept(api, route, signal);
      await requireServing(api, place.namespace, canary, signal);
      return clusterRoutes(api, target).read(signal);
    });
    if (percent === undefined) {
      throw new Failure('conflict', `The routes of ${where} give ${name} different shares.`, {
        advice: 'Promote or abort it by hand first.',
      });
    }
    const shares = plan.steps.filter((step) => step > percent);
    const detail =
      `${where} goes ${[percent, ...shares].join(' → ')} %, ${Math.round(plan.stepMilliseconds / 1000)} seconds each. ` +
      `It is taken back when the error rate lies ${thresholds.errorRatePoints} points above that of ${versionName(canary.stable)} ` +
      `or answers take ${thresholds.latencyIncreasePercent} % longer, and pauses where that is not known.`;
    orDismissed(await window.showWarningMessage(`${title}?`, { modal: true, detail }, 'Run'));
    await askProtection(context, place.context, `${title} of ${where}`);
    const now = canaryAt(percent, plan, systemClock.now());
    // Without traffic there is nothing to measure: the first step is the person's own.
    const state = percent === 0 ? afterCanaryInput(now, { type: 'promote' }) : now;
    context.canaries.start({ context: place.context, target, prometheus, thresholds, state });
  },
};
