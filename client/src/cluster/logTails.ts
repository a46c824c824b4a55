import { Failure } from './failure.ts';
import type { KubeApi } from './kubeApi.ts';
import type { ContainerStatus, Pod } from './pod.ts';

/** A node that does not answer must not hold up the watch. */
const patienceMilliseconds = 3_000;

/** The last log lines of containers that ended, read once per run of a container and remembered. */
export class LogTails {
  readonly #api: KubeApi;
  readonly #namespace: string;
  readonly #lines = new Map<string, string>();
  readonly #readRuns = new Set<string>();

  constructor(api: KubeApi, namespace: string) {
    this.#api = api;
    this.#namespace = namespace;
  }

  /** The last lines by `pod/container`. A log that cannot be read is left out: it is a help, not a need. */
  async read(pods: readonly Pod[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    for (const pod of pods) {
      const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
      for (const status of statuses) await this.#readContainer(pod, status, signal);
    }
    return this.#lines;
  }

  async #readContainer(pod: Pod, status: ContainerStatus, signal: AbortSignal): Promise<void> {
    const endedNow = status.state?.terminated !== undefined;
    const restarts = status.restartCount ?? 0;
    if (!endedNow && (status.ready || !status.lastState?.terminated)) return;
    const key = `${pod.metadata.name}/${status.name}`;
    const run = `${key}/${endedNow ? restarts + 1 : restarts}`;
    if (this.#readRuns.has(run)) return;
    this.#readRuns.add(run);
    try {
      const options = { container: status.name, previous: !endedNow, tailLines: 20 };
      let last = '';
      const patient = AbortSignal.any([signal, AbortSignal.timeout(patienceMilliseconds)]);
      for await (const line of this.#api.logs(this.#namespace, pod.metadata.name, options, patient)) {
        if (line.trim() !== '') last = line.trimEnd();
      }
      if (last !== '') this.#lines.set(key, last);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.kind === 'unreachable') this.#readRuns.delete(run);
    }
  }
}
