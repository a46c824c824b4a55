import type { Clock } from '../clock.ts';
import { Failure, type FailureReport } from '../failure.ts';
import type { KubeApi, Selection } from '../kubeApi.ts';
import { ObjectCache } from '../objectCache.ts';
import type { ContainerStatus, Pod } from '../pod.ts';
import { collectionPath, wellKnownTypes } from '../resourceType.ts';
import { isLater, type LogLine, parseTimedLine } from './logLine.ts';

/** Whose log is read: one pod, or all pods that a selector finds, those included that come later. */
export interface LogRequest {
  readonly namespace: string;
  readonly selection: Selection;
  /** One container by name; every container of a pod, init containers too, where it is left out. */
  readonly container?: string;
  /** The run before the present one. It has ended, so that nothing is followed. */
  readonly previous?: boolean;
  /** How many of the lines that are there already. */
  readonly tailLines: number;
}

/** What happens while a log is followed. */
export interface LogListener {
  line(line: LogLine): void;
  /** Something about the following itself: a container that ended, a connection that broke. */
  notice(text: string): void;
}

const RETRY_MILLISECONDS = 1_000;

/**
 * Follows the logs of pods until the signal fires; new pods and restarted containers are followed as they come. A broken
 * connection is taken up where it broke, without a line twice.
 */
export async function followLogs(
  api: KubeApi,
  clock: Clock,
  request: LogRequest,
  listener: LogListener,
  signal: AbortSignal,
): Promise<void> {
  const path = collectionPath(wellKnownTypes.pods, request.namespace);
  const cache = new ObjectCache(api, path, request.selection, clock);
  const followed = new Map<string, Promise<void>>();
  const ended = new Set<string>();
  const reader = new ContainerReader(api, clock, request, listener, signal);
  let told: FailureReport['kind'] | undefined;
  let refusal: Failure | undefined;
  const stop = new AbortController();
  const running = AbortSignal.any([signal, stop.signal]);
  const look = (): void => {
    const { objects, state } = cache.snapshot();
    if (state.kind === 'stale') {
      if (state.reason.kind === 'forbidden' || state.reason.kind === 'unauthorised') {
        refusal = new Failure(state.reason.kind, state.reason.message, state.reason);
        stop.abort();
      } else if (told !== state.reason.kind) listener.notice(state.reason.message);
      told = state.reason.kind;
      return;
    }
    told = undefined;
    for (const pod of objects as readonly Pod[]) {
      for (const status of statusesOf(pod)) {
        if (request.container !== undefined && status.name !== request.container) continue;
        const run = runOf(pod, status);
        if (run === undefined || followed.has(run) || ended.has(run)) continue;
        const isFirst = ![...ended].some((other) => other.startsWith(containerKey(pod, status)));
        followed.set(
          run,
          reader.read(pod.metadata.name, status.name, isFirst).finally(() => {
            followed.delete(run);
            ended.add(run);
          }),
        );
      }
    }
  };
  const unsubscribe = cache.subscribe(look);
  try {
    await cache.run(running);
    if (refusal) throw refusal;
  } finally {
    unsubscribe();
    stop.abort();
    await Promise.allSettled(followed.values());
  }
}

/** Reads logs to their present end: what is there of the present run, or of the one before. */
export async function readLogs(
  api: KubeApi,
  request: LogRequest,
  listener: LogListener,
  signal: AbortSignal,
): Promise<void> {
  const path = collectionPath(wellKnownTypes.pods, request.namespace);
  const { items } = await api.list(path, request.selection, signal);
  for (const pod of items as readonly Pod[]) {
    for (const { lastState, name } of statusesOf(pod)) {
      if (request.container !== undefined && name !== request.container) continue;
      if (request.previous && !lastState?.terminated && request.container === undefined) continue;
      const options = {
        container: name,
        previous: request.previous ?? false,
        tailLines: request.tailLines,
        timestamps: true,
      };
      for await (const line of api.logs(request.namespace, pod.metadata.name, options, signal)) {
        listener.line({ pod: pod.metadata.name, container: name, ...parseTimedLine(line) });
      }
    }
  }
}

class ContainerReader {
  readonly #api: KubeApi;
  readonly #clock: Clock;
  readonly #request: LogRequest;
  readonly #listener: LogListener;
  readonly #signal: AbortSignal;

  constructor(api: KubeApi, clock: Clock, request: LogRequest, listener: LogListener, signal: AbortSignal) {
    this.#api = api;
    this.#clock = clock;
    this.#request = request;
    this.#listener = listener;
    this.#signal = signal;
  }

  /** Follows one run of a container to its end, over broken connections. */
  async read(pod: string, container: string, isFirst: boolean): Promise<void> {
    const { namespace, tailLines } = this.#request;
    let last = '';
    let seenAtLast = 0;
    let lastReadAt = this.#clock.now();
    for (let attempt = 0; !this.#signal.aborted; attempt += 1) {
      // The server counts whole seconds back from its own clock; what comes twice is left out by its time.
      const since = last === '' ? {} : { sinceSeconds: Math.ceil((this.#clock.now() - lastReadAt) / 1000) + 5 };
      const tail = attempt === 0 && isFirst ? { tailLines } : {};
      const resumed = last;
      let toSkip = seenAtLast;
      try {
        const options = { container, follow: true, timestamps: true, ...since, ...tail };
        for await (const line of this.#api.logs(namespace, pod, options, this.#signal)) {
          const { text, time } = parseTimedLine(line);
          lastReadAt = this.#clock.now();
          if (resumed !== '' && time !== '' && !isLater(time, resumed)) {
            if (isLater(resumed, time)) continue;
            toSkip -= 1;
            if (toSkip >= 0) continue;
          }
          if (time !== '') {
            seenAtLast = time === last ? seenAtLast + 1 : 1;
            last = time;
          }
          this.#listener.line({ pod, container, time, text });
        }
        return;
      } catch (error) {
        if (this.#signal.aborted) return;
        if (!(error instanceof Failure)) throw error;
        if (error.kind !== 'unreachable' && error.kind !== 'timeout') {
          // The pod is gone, or its log with it.
          if (error.kind !== 'not-found') this.#listener.notice(`${pod}/${container}: ${error.message}`);
          return;
        }
        if (attempt === 0) this.#listener.notice(`${pod}/${container}: ${error.report.message} Trying again.`);
        await this.#clock.sleep(RETRY_MILLISECONDS, this.#signal);
      }
    }
  }
}

function statusesOf({ status }: Pod): readonly ContainerStatus[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
}

function containerKey(pod: Pod, { name }: ContainerStatus): string {
  return `${pod.metadata.uid ?? pod.metadata.name}/${name}/`;
}

/** What tells one run of a container from the next; undefined for a container that has not started yet. */
function runOf(pod: Pod, status: ContainerStatus): string | undefined {
  const { restartCount = 0, state } = status;
  if (!state?.running && !state?.terminated && !status.lastState?.terminated) return undefined;
  return `${containerKey(pod, status)}${restartCount}`;
}
