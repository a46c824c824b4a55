import { type Disposable, type LogOutputChannel, type Memento, StatusBarAlignment, window } from 'vscode';
import { systemClock } from '../adapters/clock.ts';
import { KubernetesApi } from '../adapters/kubernetesApi.ts';
import { prometheus } from '../adapters/prometheus.ts';
import { versionName } from '../delivery/progressive/canary.ts';
import { type CanaryState, isOver } from '../delivery/progressive/canaryState.ts';
import { type ClusterCanary, clusterRoutes } from '../delivery/progressive/clusterCanary.ts';
import { compareCanary } from '../delivery/progressive/compareCanary.ts';
import { CanaryRun, type CanaryWish } from '../delivery/progressive/runCanary.ts';
import type { AnalysisThresholds } from '../delivery/progressive/versionAnalysis.ts';

/** A canary that goes on by itself, as it is remembered over a reload of the window. */
export interface RememberedCanary {
  readonly context: string;
  readonly target: ClusterCanary;
  readonly prometheus: string;
  readonly thresholds: AnalysisThresholds;
  readonly state: CanaryState;
}

/** What runs them. */
export interface CanarySurroundings {
  readonly memory: Memento;
  readonly log: LogOutputChannel;
  kubeconfigs(): readonly string[];
  isTrusted(): boolean;
}

const KEY = 'slipway.canaries';
const LOOK_INTERVAL_MILLISECONDS = 15_000;
const SHORTEST_WINDOW_SECONDS = 60;

/** The canaries that go on by themselves in this window. What they do is remembered; after a reload a person says whether they go on. */
export class RunningCanaries implements Disposable {
  readonly #surroundings: CanarySurroundings;
  readonly #runs = new Map<string, { run: CanaryRun; leave: AbortController }>();
  readonly #item = window.createStatusBarItem('slipway.canaries', StatusBarAlignment.Left, 9);

  constructor(surroundings: CanarySurroundings) {
    this.#surroundings = surroundings;
    this.#item.name = 'Slipway Canaries';
    this.#item.command = 'slipway.showCanaries';
    this.#draw();
  }

  /** All that are remembered, by their keys: the running ones, and those that a reload interrupted. */
  get remembered(): Readonly<Record<string, RememberedCanary>> {
    return this.#surroundings.memory.get<Record<string, RememberedCanary>>(KEY, {});
  }

  isRunning(key: string): boolean {
    return this.#runs.has(key);
  }

  /** Lets a canary go on by itself. It ends when it is over, or is left by `leave` or the end of the window. */
  start(canary: RememberedCanary): void {
    const key = canaryKey(canary);
    this.leave(key);
    const { kubeconfigs, isTrusted, log } = this.#surroundings;
    const api = new KubernetesApi({ context: canary.context, files: kubeconfigs(), trusted: isTrusted() });
    const source = prometheus(canary.prometheus, api);
    const windowSeconds = Math.max(SHORTEST_WINDOW_SECONDS, Math.round(canary.state.plan.stepMilliseconds / 1000));
    const options = { thresholds: canary.thresholds, windowSeconds };
    const run = new CanaryRun(
      {
        routes: clusterRoutes(api, canary.target),
        analyse: (signal) => compareCanary(api, source, canary.target, options, signal),
        clock: systemClock,
        lookIntervalMilliseconds: Math.min(LOOK_INTERVAL_MILLISECONDS, canary.state.plan.stepMilliseconds),
        keep: (state) => {
          // A run that was left may still hear of its last write; what was forgotten stays forgotten.
          if (this.#runs.get(key)?.run === run) this.#keep(key, { ...canary, state });
        },
      },
      canary.state,
    );
    const leave = new AbortController();
    this.#runs.set(key, { run, leave });
    run
      .run(leave.signal)
      .then((state) => this.#ended(key, canary, state, leave.signal.aborted))
      .catch((error: unknown) => log.error(`${key}: ${String(error)}`))
      .finally(() => {
        api.dispose();
        if (this.#runs.get(key)?.run === run) this.#runs.delete(key);
        this.#draw();
      });
  }

  /** Passes a wish to a running canary; false where it does not run. */
  wish(key: string, wish: CanaryWish): boolean {
    const running = this.#runs.get(key);
    running?.run.wish(wish);
    return running !== undefined;
  }

  /** Lets a canary stay as it is: it is no longer looked after in this window. */
  leave(key: string): void {
    this.#runs.get(key)?.leave.abort();
    this.#runs.delete(key);
  }

  /** Forgets a canary. */
  async forget(key: string): Promise<void> {
    this.leave(key);
    const { [key]: _gone, ...others } = this.remembered;
    await this.#surroundings.memory.update(KEY, others);
    this.#draw();
  }

  dispose(): void {
    for (const { leave } of this.#runs.values()) leave.abort();
    this.#item.dispose();
  }

  #keep(key: string, canary: RememberedCanary): void {
    const { log, memory } = this.#surroundings;
    const before = this.remembered[key]?.state;
    if (before?.phase !== canary.state.phase || before.percent !== canary.state.percent)
      log.info(canaryInWords(canary));
    memory
      .update(KEY, { ...this.remembered, [key]: canary })
      .then(undefined, (error: unknown) => log.error(String(error)));
    this.#draw();
  }

  async #ended(key: string, canary: RememberedCanary, state: CanaryState, wasLeft: boolean): Promise<void> {
    if (wasLeft || !isOver(state)) return;
    await this.forget(key);
    const text = canaryInWords({ ...canary, state });
    const { log } = this.#surroundings;
    const show = state.phase === 'done' ? window.showInformationMessage : window.showWarningMessage;
    show(text, 'Show Log').then(
      (choice) => choice && log.show(),
      (error: unknown) => log.error(String(error)),
    );
  }

  #draw(): void {
    const canaries = Object.entries(this.remembered);
    if (canaries.length === 0) {
      this.#item.hide();
      return;
    }
    const [[key, first]] = canaries as [[string, RememberedCanary]];
    const icon = this.isRunning(key) ? (first.state.phase === 'paused' ? 'debug-pause' : 'sync') : 'debug-disconnect';
    const more = canaries.length > 1 ? ` +${canaries.length - 1}` : '';
    this.#item.text = `$(${icon}) ${first.target.route.name} ${first.state.percent} %${more}`;
    const tooltip = canaries.map(([, canary]) => canaryInWords(canary)).join('\n');
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: tooltip };
    this.#item.show();
  }
}

/** What tells one canary from others. */
export function canaryKey({ context, target }: Pick<RememberedCanary, 'context' | 'target'>): string {
  return `${context}/${target.route.namespace}/${target.route.kind}/${target.route.name}`;
}

/** A canary's state in one or two sentences, with all names. */
export function canaryInWords({ context, state, target }: RememberedCanary): string {
  const { percent, phase, reason, verdict } = state;
  const what = `Canary ${versionName(target.canary)} of ${target.route.kind} ${target.route.namespace}/${target.route.name} on ${context}`;
  const how = {
    running: `has ${percent} %.`,
    paused: `is paused at ${percent} %.`,
    aborting: 'is being taken back.',
    aborted: `was taken back: all traffic goes to ${versionName(target.stable)}.`,
    done: 'has all traffic.',
  }[phase];
  return [what, how, reason || verdict?.reason].filter(Boolean).join(' ');
}
