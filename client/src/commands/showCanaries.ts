import { window } from 'vscode';
import { systemClock } from '../adapters/clock.ts';
import { Failure } from '../cluster/failure.ts';
import { clusterRoutes } from '../delivery/progressive/clusterCanary.ts';
import { askProtection } from './askProtection.ts';
import type { Command, CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { canaryInWords, type RememberedCanary } from './runningCanaries.ts';
import { withCluster } from './withCluster.ts';

/** The canaries that go on by themselves, and those that a reload interrupted: promote, pause, resume, abort or leave each. */
export const showCanaries: Command = {
  id: 'slipway.showCanaries',
  needsTrust: true,
  async run(context) {
    const known = Object.entries(context.canaries.remembered);
    if (known.length === 0) throw new Failure('not-found', 'No canary goes on by itself here.');
    const [key, canary] =
      known.length === 1
        ? known[0]!
        : orDismissed(
            await window.showQuickPick(
              known.map((entry) => ({ label: entry[0], detail: canaryInWords(entry[1]), entry })),
              { placeHolder: 'Which canary?' },
            ),
          ).entry;
    const running = context.canaries.isRunning(key);
    const paused = canary.state.phase === 'paused';
    const acts = [
      ...(running ? [] : [{ label: '$(debug-continue) Go on', act: 'resume' as const }]),
      ...(running && paused ? [{ label: '$(debug-continue) Resume', act: 'resume' as const }] : []),
      ...(running && !paused ? [{ label: '$(debug-pause) Pause', act: 'pause' as const }] : []),
      ...(running ? [{ label: '$(arrow-right) Next step now', act: 'promote' as const }] : []),
      { label: '$(discard) Abort: take it back', act: 'abort' as const },
      { label: '$(close) Leave it as it is', act: 'leave' as const },
    ];
    const { act } = orDismissed(
      await window.showQuickPick(acts, { title: canaryInWords(canary), placeHolder: 'What is to be done?' }),
    );
    await carryOut(context, key, canary, act);
  },
};

async function carryOut(
  context: CommandContext,
  key: string,
  canary: RememberedCanary,
  act: 'resume' | 'pause' | 'promote' | 'abort' | 'leave',
): Promise<void> {
  const { canaries } = context;
  if (act === 'leave') return canaries.forget(key);
  if (act === 'pause') return void canaries.wish(key, { type: 'pause' });
  await askProtection(context, canary.context, `${act} canary ${key}`);
  if (act === 'promote') return void canaries.wish(key, { type: 'promote' });
  if (act === 'abort') {
    const wish = { type: 'abort', reason: 'By hand.' } as const;
    if (!canaries.isRunning(key)) canaries.start(canary);
    return void canaries.wish(key, wish);
  }
  const observed = await withCluster(context, canary.context, `Reading ${key}`, (api, signal) =>
    clusterRoutes(api, canary.target).read(signal),
  );
  if (!canaries.isRunning(key)) canaries.start({ ...canary, state: { ...canary.state, phase: 'paused' } });
  canaries.wish(key, { type: 'resume', atMilliseconds: systemClock.now(), observed });
}
