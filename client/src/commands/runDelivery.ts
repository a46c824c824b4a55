import { commands, ProgressLocation, Uri, window } from 'vscode';
import { deliveryEngines } from '../adapters/deliveryEngines.ts';
import type { FailureReport } from '../cluster/failure.ts';
import type { WorkloadReference } from '../cluster/workloadReference.ts';
import { deliveryLogLines } from '../delivery/deliveryLogLines.ts';
import { deliveryMessage, deliveryPercent } from '../delivery/deliveryMessage.ts';
import { type DeliveryState, noDelivery } from '../delivery/deliveryState.ts';
import type { DeliveryIntent } from '../delivery/intent.ts';
import { ship } from '../delivery/ship.ts';
import { rangeOf } from '../views/failureDiagnostics.ts';
import { askPrune } from './askPrune.ts';
import { askReview } from './askReview.ts';
import type { CommandContext } from './command.ts';

/** Carries an intent out with progress and cancel, and shows how it ended. Resolves when it has ended. */
export async function runDelivery(
  context: CommandContext,
  intent: DeliveryIntent,
  title: string,
): Promise<DeliveryState> {
  const { failures, log, reviews, target } = context;
  failures.clear();
  log.info(`=== ${title}`);
  const engines = deliveryEngines({
    kubeconfigs: target.files,
    trusted: context.isTrusted(),
    approve: (step, reviewed) => askReview(step, reviewed, reviews),
    approvePrune: (step, objects) => askPrune(step, objects, (line) => log.info(line)),
  });
  let state: DeliveryState = noDelivery;
  try {
    await window.withProgress(
      { location: ProgressLocation.Notification, cancellable: true, title },
      async (progress, token) => {
        const cancelling = new AbortController();
        token.onCancellationRequested(() => cancelling.abort());
        let percent = 0;
        state = await ship(
          intent,
          engines,
          (event, next) => {
            for (const { level, text } of deliveryLogLines(event)) log[level](text);
            const nextPercent = deliveryPercent(next);
            progress.report({ message: deliveryMessage(next), increment: nextPercent - percent });
            percent = nextPercent;
            context.showRunning(deliveryMessage(next) || title);
            if (event.type === 'reviewed' || event.type === 'rollout') target.heard('reachable');
          },
          cancelling.signal,
        );
      },
    );
  } finally {
    context.showRunning(undefined);
    engines.dispose();
  }
  await tellOutcome(context, state, intent, title);
  return state;
}

async function tellOutcome(
  context: CommandContext,
  state: DeliveryState,
  intent: DeliveryIntent,
  title: string,
): Promise<void> {
  const { failure } = state;
  if (state.status === 'done') {
    report(context, window.showInformationMessage(`${title}: ${doneText(state)}`, 'Show Log'), {});
    return;
  }
  const remains = state.steps.flatMap((step) => step.remains);
  if (!failure || failure.kind === 'cancelled') {
    const left = remains.length > 0 ? ` ${remains.join(' ')}` : '';
    report(context, window.showInformationMessage(`${title}: cancelled.${left}`, 'Show Log'), {});
    return;
  }
  if (failure.kind === 'unreachable') context.target.heard('unreachable');
  await context.failures.show(failure);
  const watched = failedRollout(state);
  const forced = withForce(intent, failure, state);
  const offers = [
    ...(watched ? ['Undo'] : []),
    ...(forced ? [TAKE_OVER] : []),
    ...(failure.places.length > 0 ? ['Go to Line'] : []),
    'Show Log',
  ];
  const message = [`${title}: ${failure.message}`, failure.advice, ...remains].filter((text) => text !== '').join(' ');
  const acts = {
    failure,
    ...(watched ? { watched } : {}),
    ...(forced ? { again: () => runDelivery(context, forced, title) } : {}),
  };
  report(context, window.showErrorMessage(message, ...offers), {
    ...acts,
    // Whoever looked at the line still needs the way back, and a button closes the message.
    afterLine: () =>
      report(context, window.showErrorMessage(message, ...offers.filter((offer) => offer !== 'Go to Line')), acts),
  });
}

/** Reviews once more, and shows what would be taken over, before anything is written. */
const TAKE_OVER = 'Review Taking Over…';

/**
 * The same deployment that takes over the fields of others, where those are all that refused it. What was built and
 * pushed stands: exactly that image is deployed.
 */
function withForce(
  { deploy }: DeliveryIntent,
  failure: FailureReport,
  { digests }: DeliveryState,
): DeliveryIntent | undefined {
  if (!deploy || failure.kind !== 'conflict' || failure.conflicts.length === 0) return undefined;
  const images = (deploy.images ?? []).map((image) => {
    const digest = digests[image.reference];
    return image.pinDigest && digest !== undefined
      ? { ...image, reference: `${image.reference}@${digest}`, pinDigest: false }
      : image;
  });
  return { deploy: { ...deploy, images, force: true } };
}

interface FailedRollout {
  readonly context: string;
  readonly workload: WorkloadReference;
}

/** The rollout that failed and still stands, which one click takes back. */
function failedRollout({ steps }: DeliveryState): FailedRollout | undefined {
  const failed = steps.find(
    ({ failure, status, undone }) => status === 'failed' && failure?.kind === 'rollout' && !undone,
  );
  return failed?.step.kind === 'watch-rollout'
    ? { context: failed.step.context, workload: failed.step.workload }
    : undefined;
}

/** Acts on a button of a message; the command does not wait for it. */
function report(
  { log }: CommandContext,
  answer: Thenable<string | undefined>,
  {
    afterLine,
    again,
    failure,
    watched,
  }: {
    afterLine?: () => void;
    again?: () => Promise<DeliveryState>;
    failure?: FailureReport;
    watched?: FailedRollout;
  },
): void {
  const act = async (): Promise<void> => {
    const choice = await answer;
    if (choice === 'Show Log') log.show();
    if (choice === TAKE_OVER) await again?.();
    if (choice === 'Undo' && watched) {
      const { context, workload } = watched;
      await commands.executeCommand('slipway.rollBack', {
        context,
        namespace: workload.namespace,
        workload,
        toFormer: true,
      });
    }
    const place = failure?.places[0];
    if (choice === 'Go to Line' && place) {
      await window.showTextDocument(Uri.file(place.file), { selection: await rangeOf(place) });
      if (watched) afterLine?.();
    }
  };
  act().catch((error: unknown) => log.error(String(error)));
}

function doneText({ steps }: DeliveryState): string {
  const results = steps.flatMap(({ result }) => (result ? [result] : []));
  const parts = results.flatMap((result): string[] => {
    if (result.kind === 'built') return [`built ${result.reference}`];
    if (result.kind === 'tested') return [`${result.passed} tests passed`];
    if (result.kind === 'pushed') return [`pushed ${result.digest.slice(0, 19)}`];
    if (result.kind === 'applied') return [`${result.objects} objects applied`];
    if (result.kind === 'pruned' && result.objects > 0) return [`${result.objects} objects pruned`];
    if (result.kind === 'rolled-out') return [`revision ${result.revision} is live`];
    if (result.kind === 'undone') return [`back to revision ${result.to}`];
    return [];
  });
  return `${parts.join(', ') || 'nothing to do'}.`;
}
