import { deliveryEngines } from '../../client/src/adapters/deliveryEngines.ts';
import { cancelled } from '../../client/src/cluster/cancellation.ts';
import { Failure, type FailureReport } from '../../client/src/cluster/failure.ts';
import { describeObject } from '../../client/src/cluster/kubeObject.ts';
import { protectingPattern } from '../../client/src/cluster/protectedContext.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { Engines } from '../../client/src/delivery/engines.ts';
import type { DeliveryIntent } from '../../client/src/delivery/intent.ts';
import { ship } from '../../client/src/delivery/ship.ts';
import { askTerminal, hasTerminal } from './askTerminal.ts';
import type { TargetOptions } from './deliveryOptions.ts';
import { deliveryHuman } from './formats/deliveryHuman.ts';
import { deliveryJson } from './formats/deliveryJson.ts';
import type { DeliveryEnd, DeliveryOutput } from './formats/deliveryOutput.ts';

/** What a run of `ship` or `rollout` works with. */
export interface CommandRun {
  readonly engines: Engines;
  readonly output: DeliveryOutput;
  readonly signal: AbortSignal;
  /** Asks where `--yes` was not given; throws `cancelled` for anything but a yes. */
  agree(question: string): Promise<void>;
  /** The name of the context as it was given by option, or typed when the pattern asks for it. */
  confirmContext(patterns: readonly string[]): Promise<string | undefined>;
}

/** The exit codes, as the usage texts give them. */
const EXIT = { done: 0, failed: 1, notAgreed: 3, notInTime: 4, interrupted: 130, terminated: 143 } as const;

/**
 * Carries out what `act` makes of a command line: prints events, asks on the terminal where a yes is missing, and ends
 * in good order on SIGINT and SIGTERM. A second signal ends at once. Gives the exit code; `act` gives it itself where
 * nothing was delivered.
 */
export async function runDelivery(
  options: TargetOptions,
  changes: boolean,
  act: (run: CommandRun) => Promise<DeliveryState | number>,
): Promise<number> {
  const out = (text: string): boolean => process.stdout.write(text);
  const error = (text: string): boolean => process.stderr.write(text);
  const output = options.format === 'json' ? deliveryJson(out) : deliveryHuman(out, error);
  const end = (
    status: DeliveryEnd['status'],
    failure: FailureReport | undefined,
    exitCode: number,
    remains: readonly string[] = [],
  ): number => {
    output.ended({ status, failure, exitCode, remains });
    return exitCode;
  };
  if (changes && !options.yes && !hasTerminal()) {
    const failure = new Failure(
      'cancelled',
      'There is no terminal to ask for a yes. Give --yes to change without one.',
    );
    return end('cancelled', failure.report, EXIT.notAgreed);
  }
  const stopping = new AbortController();
  let stoppedBy: NodeJS.Signals | undefined;
  const stop = (name: NodeJS.Signals): void => {
    const code = name === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
    if (stoppedBy !== undefined) process.exit(code);
    stoppedBy = name;
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const engines = deliveryEngines({
    kubeconfigs: options.kubeconfigs,
    trusted: true,
    ...(options.yes ? {} : questions(stopping.signal)),
  });
  try {
    const confirmContext = (patterns: readonly string[]): Promise<string | undefined> =>
      confirmation(options, patterns, stopping.signal);
    const agree = async (question: string): Promise<void> => {
      if (!options.yes && !(await agreed(question, stopping.signal))) throw cancelled();
    };
    const state = await act({ engines, output, signal: stopping.signal, agree, confirmContext });
    if (typeof state === 'number') return end('told', undefined, state);
    const code = exitCodeOf(state);
    const signalled = stoppedBy !== undefined && code !== EXIT.done;
    const remains = state.steps.flatMap((step) => step.remains);
    return end(state.status, state.failure, signalled ? codeOfSignal(stoppedBy) : code, remains);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    if (stoppedBy !== undefined) return end('cancelled', failure.report, codeOfSignal(stoppedBy));
    const isDeclined = failure.kind === 'cancelled';
    return end(isDeclined ? 'cancelled' : 'failed', failure.report, isDeclined ? EXIT.notAgreed : EXIT.failed);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    engines.dispose();
  }
}

/** Carries an intent out under a run. */
export function shipUnder(run: CommandRun, intent: DeliveryIntent): Promise<DeliveryState> {
  return ship(intent, run.engines, (event, state) => run.output.event(event, state), run.signal);
}

function codeOfSignal(name: NodeJS.Signals | undefined): number {
  return name === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted;
}

function exitCodeOf({ failure, status, steps }: DeliveryState): number {
  if (status === 'done') return EXIT.done;
  if (failure?.kind === 'protected' || failure?.kind === 'cancelled') return EXIT.notAgreed;
  const late = steps.some((step) => step.failure?.kind === 'timeout' && step.step.kind === 'watch-rollout');
  return late ? EXIT.notInTime : EXIT.failed;
}

/** What is asked where `--yes` was not given. */
function questions(signal: AbortSignal): Required<Pick<Engines, 'approve' | 'approvePrune'>> {
  return {
    approve: ({ context }) => agreed(`Apply this to ${context}?`, signal),
    approvePrune: ({ context }, objects) => {
      const names = objects.map((object) => `  ${describeObject(object)}\n`).join('');
      return agreed(`Gone from the manifests:\n${names}Delete these from ${context}?`, signal);
    },
  };
}

async function agreed(question: string, signal: AbortSignal): Promise<boolean> {
  return /^y(?:es)?$/i.test(await askTerminal(`${question} [y/N] `, signal));
}

/** A protected context is confirmed by its name; `--yes` alone does not count. */
async function confirmation(
  { confirmedContext, context }: TargetOptions,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const pattern = protectingPattern(context, patterns);
  if (confirmedContext !== undefined || pattern === undefined || !hasTerminal()) return confirmedContext;
  const typed = await askTerminal(
    `Context ${context} is protected by ${pattern}. Type its name to change it: `,
    signal,
  );
  return typed === '' ? undefined : typed;
}
