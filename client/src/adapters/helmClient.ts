import { delimiter } from 'node:path';
import { Failure } from '../cluster/failure.ts';
import type { HelmEngine, HelmRelease, ReleaseReference, ReleaseRequest } from '../delivery/release/helmEngine.ts';
import type { ReleaseRevision } from '../delivery/release/releaseHistory.ts';
import { runProgram } from './childProcess.ts';

/** How `helm` is run. */
export interface HelmClientOptions {
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The kubeconfigs in force; Helm gets them as `KUBECONFIG`. */
  readonly kubeconfigs: readonly string[];
  /** Programs run only in a trusted workspace. */
  readonly trusted: boolean;
}

interface ReleaseJson {
  readonly version?: number;
  readonly manifest?: string;
  readonly info?: { readonly status?: string };
  readonly hooks?: readonly HookJson[];
}

interface HookJson {
  readonly name?: string;
  readonly kind?: string;
  readonly events?: readonly string[];
  readonly last_run?: { readonly phase?: string };
}

/** A release as a list shows it. */
export interface ListedRelease {
  readonly name: string;
  readonly status: string;
  /** `cart-1.2.0`. */
  readonly chart: string;
  readonly revision: number;
}

/** One test of a release, as its last run ended. */
export interface ReleaseTest {
  readonly name: string;
  readonly kind: 'Pod' | 'Job';
  readonly hasPassed: boolean;
}

/** Releases by the `helm` of this machine. What it prints of a release can hold Secrets, so none of it is logged. */
export class HelmClient implements HelmEngine {
  readonly #options: HelmClientOptions;

  constructor(options: HelmClientOptions) {
    this.#options = options;
  }

  async preview(request: ReleaseRequest, signal: AbortSignal): Promise<HelmRelease> {
    const args = [...upgradeArguments(request), '--dry-run=server', '--output', 'json'];
    return releaseOf(await this.#run('render', request, args, signal));
  }

  async current(reference: ReleaseReference, signal: AbortSignal): Promise<HelmRelease | undefined> {
    const args = ['status', reference.name, '--output', 'json'];
    const output = await this.#runOrNothing('read', reference, args, signal);
    return output === undefined ? undefined : releaseOf(output);
  }

  async lastDeployed(reference: ReleaseReference, signal: AbortSignal): Promise<number | undefined> {
    const history = await this.history(reference, signal);
    return history.findLast(({ status }) => status === 'deployed')?.revision;
  }

  /** The releases of a namespace in whatever state, by name. */
  async releases(context: string, namespace: string, signal: AbortSignal): Promise<readonly ListedRelease[]> {
    const states = ['--deployed', '--failed', '--pending', '--uninstalling'];
    const args = ['list', ...states, '--max', '1000', '--output', 'json'];
    const found = JSON.parse(await this.#run('list', { context, namespace, name: '*' }, args, signal)) as {
      name: string;
      revision: string;
      status: string;
      chart: string;
    }[];
    return found.map(({ chart, name, revision, status }) => ({ name, status, chart, revision: Number(revision) }));
  }

  /** The revisions that Helm still keeps, the oldest first; none where there is no such release. */
  async history(reference: ReleaseReference, signal: AbortSignal): Promise<readonly ReleaseRevision[]> {
    const args = ['history', reference.name, '--output', 'json'];
    const output = await this.#runOrNothing('read', reference, args, signal);
    const revisions = JSON.parse(output ?? '[]') as (Omit<ReleaseRevision, 'appVersion'> & { app_version?: string })[];
    return revisions.map(({ app_version: appVersion = '', ...revision }) => ({ ...revision, appVersion }));
  }

  /** A release as it was at a revision. */
  async atRevision(reference: ReleaseReference, revision: number, signal: AbortSignal): Promise<HelmRelease> {
    const args = ['status', reference.name, '--revision', String(revision), '--output', 'json'];
    return releaseOf(await this.#run('read', reference, args, signal));
  }

  /**
   * Runs the tests of the chart in the cluster, and gives how each ended. Their logs stay where they are. Throws
   * `not-found` for a release without tests.
   */
  async test(
    reference: ReleaseReference,
    timeoutMilliseconds: number,
    signal: AbortSignal,
  ): Promise<readonly ReleaseTest[]> {
    if ((await this.#tests(reference, signal)).length === 0) {
      throw new Failure('not-found', `Release ${reference.namespace}/${reference.name} has no tests.`, {
        advice: 'A test is a Pod or Job of the chart with the annotation helm.sh/hook: test.',
      });
    }
    const timeout = `${Math.ceil(timeoutMilliseconds / 1000)}s`;
    try {
      await this.#run('test', reference, ['test', reference.name, '--timeout', timeout], signal);
    } catch (error) {
      // Helm ends with a fault when a test fails; which one, the release says.
      if (!(error instanceof Failure) || error.kind !== 'invalid') throw error;
      const tests = await this.#tests(reference, signal);
      if (tests.every(({ hasPassed }) => hasPassed)) throw error;
      return tests;
    }
    return this.#tests(reference, signal);
  }

  async #tests(reference: ReleaseReference, signal: AbortSignal): Promise<readonly ReleaseTest[]> {
    const output = await this.#run('read', reference, ['status', reference.name, '--output', 'json'], signal);
    const { hooks } = JSON.parse(output) as ReleaseJson;
    return (hooks ?? []).flatMap(({ events, kind, last_run, name = '' }) =>
      events?.includes('test') && (kind === 'Pod' || kind === 'Job')
        ? [{ name, kind, hasPassed: last_run?.phase === 'Succeeded' }]
        : [],
    );
  }

  async upgrade(request: ReleaseRequest, timeoutMilliseconds: number, signal: AbortSignal): Promise<HelmRelease> {
    const timeout = ['--timeout', `${Math.ceil(timeoutMilliseconds / 1000)}s`];
    const args = [...upgradeArguments(request), ...timeout, '--output', 'json'];
    return releaseOf(await this.#run('upgrade', request, args, signal));
  }

  async rollback(reference: ReleaseReference, revision: number, signal: AbortSignal): Promise<void> {
    await this.#run('roll back', reference, ['rollback', reference.name, String(revision)], signal);
  }

  async uninstall(reference: ReleaseReference, signal: AbortSignal): Promise<void> {
    await this.#run('uninstall', reference, ['uninstall', reference.name], signal);
  }

  async #runOrNothing(
    doing: string,
    reference: ReleaseReference,
    args: readonly string[],
    signal: AbortSignal,
  ): Promise<string | undefined> {
    try {
      return await this.#run(doing, reference, args, signal);
    } catch (error) {
      if (error instanceof Failure && error.kind === 'not-found') return undefined;
      throw error;
    }
  }

  async #run(
    doing: string,
    { context, name, namespace }: ReleaseReference,
    args: readonly string[],
    signal: AbortSignal,
  ): Promise<string> {
    const { command, environment, kubeconfigs, trusted } = this.#options;
    if (!trusted) {
      throw new Failure('untrusted', `Helm is not run here, so release ${name} cannot be had.`, {
        advice: 'Trust this workspace to let the program run.',
      });
    }
    // A release comes as one long line, which must come whole.
    const lines: string[] = [];
    const { exitCode, stderr } = await runProgram(
      {
        command,
        arguments: [...args, '--namespace', namespace, '--kube-context', context],
        environment: { ...environment, KUBECONFIG: kubeconfigs.join(delimiter) },
        onOutputLine: (line) => lines.push(line),
      },
      signal,
    );
    if (exitCode === 0) return lines.join('\n');
    throw helmFailure(doing, `${namespace}/${name}`, context, stderr);
  }
}

function upgradeArguments({ chartFolder, name, valuesFiles }: ReleaseRequest): string[] {
  return ['upgrade', name, chartFolder, '--install', ...valuesFiles.flatMap((file) => ['--values', file])];
}

function releaseOf(output: string): HelmRelease {
  const { info, manifest = '', version = 0 } = JSON.parse(output) as ReleaseJson;
  return { revision: version, status: info?.status ?? 'unknown', manifest };
}

/** What Helm's words mean, and what can be done. */
export function helmFailure(doing: string, release: string, context: string, stderr: string): Failure {
  const said = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^WARNING: Kubernetes configuration file/.test(line))
    .join('\n')
    .replace(/^Error: /m, '')
    .trim();
  const fail = (kind: Failure['kind'], message: string, advice: string): Failure =>
    new Failure(kind, message, { said, advice });
  if (/release: not found/.test(said)) return fail('not-found', `There is no release ${release} in ${context}.`, '');
  if (/cluster unreachable|connection refused|no such host|i\/o timeout/i.test(said)) {
    return fail('unreachable', `Helm does not reach context ${context}.`, 'Check that the cluster runs.');
  }
  if (/another operation .* in progress/.test(said)) {
    const advice = 'Wait for it, or roll the release back to the revision before.';
    return fail('conflict', `Another operation on release ${release} is not finished.`, advice);
  }
  if (/has no deployed releases/.test(said)) {
    const advice = 'Uninstall it, then deploy again: there is no revision to upgrade from.';
    return fail('conflict', `The first install of release ${release} failed.`, advice);
  }
  if (/invalid ownership metadata|cannot be imported into the current release/.test(said)) {
    const advice = 'Delete the object, or give it the labels and annotations of the release.';
    return fail('conflict', `An object of release ${release} is there already, and is not the release's.`, advice);
  }
  const hook = /(pre|post)-(install|upgrade|rollback|delete) hooks? failed|failed (pre|post)-(install|upgrade)/.exec(
    said,
  )?.[0];
  if (hook !== undefined) {
    const advice = 'Read the log of the hook’s Job; the workloads of the release were not all looked at.';
    return fail('rollout', `HookFailed: A hook of release ${release} failed.`, advice);
  }
  if (/is forbidden/.test(said)) {
    const advice = 'Ask for a Role that allows it: Helm keeps its releases in Secrets.';
    return fail('forbidden', `Context ${context} does not allow you to ${doing} release ${release}.`, advice);
  }
  return fail('invalid', `Helm could not ${doing} release ${release}.`, 'Correct what Helm names.');
}
