import { podSelection } from '../cluster/selectedPods.ts';
import { chosenObject } from './clusterArgument.ts';
import type { Command, CommandContext } from './command.ts';
import { withCancel } from './withCluster.ts';

/** Lines that are there already when a log is opened. */
const TAIL_LINES = 1_000;

/** Follows the log of a container, of a pod, or of all pods of a workload. */
export const showLogs: Command = {
  id: 'slipway.showLogs',
  needsTrust: true,
  run: (context, argument) => openLog(context, argument, false),
};

/** Shows what a container wrote in the run before the present one. */
export const showPreviousLogs: Command = {
  id: 'slipway.showPreviousLogs',
  needsTrust: true,
  run: (context, argument) => openLog(context, argument, true),
};

async function openLog({ cluster, logs }: CommandContext, argument: unknown, previous: boolean): Promise<void> {
  const { container, context, name, object } = chosenObject(argument);
  const api = cluster.api(context);
  const what = container === undefined ? name : `${name}/${container}`;
  const title = `${previous ? 'Former log' : 'Log'}: ${what} on ${context}`;
  await withCancel(title, async (signal) => {
    const selection = await podSelection(api, object, signal);
    const request = {
      namespace: object.namespace ?? 'default',
      selection,
      tailLines: TAIL_LINES,
      previous,
      ...(container === undefined ? {} : { container }),
    };
    await logs.open(title, api, request, { hasPrefixes: container === undefined, hasTimes: false, filter: '' }, signal);
  });
}
