import type { SyncOptions } from '../../client/src/cluster/syncApplication.ts';
import { type WorkloadReference, watchedKinds } from '../../client/src/cluster/workloadReference.ts';
import { CommandLineError } from './commandLineError.ts';
import { readTarget, TARGET_OPTIONS, TARGET_USAGE, type TargetOptions } from './deliveryOptions.ts';
import { parseOptions } from './parseOptions.ts';

const ACTIONS = ['status', 'watch', 'undo', 'history', 'sync'] as const;

/** What is no object of the cluster, and is watched as all workloads that belong to it. */
const RELEASE = 'Release';

const KINDS = [...watchedKinds, RELEASE];

export const ROLLOUT_USAGE = `Usage: slipway rollout status|watch|undo|history|sync [options] KIND/NAME

  status    says where the rollout stands: exit code 0 done, 1 failed, 4 still going on
  watch     follows the rollout to its end; a failure is told with its reason
  undo      takes the workload back to its former revision and watches that
  history   lists the revisions that the cluster keeps
  sync      asks Argo CD to sync an Application, and watches that

KIND is one of ${KINDS.join(', ')}, in any case; deploy, sts, ds and app are understood.
An Application is one of Argo CD. A Release is one of Helm: status and watch look at all its workloads.

  --to-revision N         undo: the revision to go back to (default: the one before the present one)
  --revision REVISION     sync: a commit, tag or branch in place of the Application's own target
  --prune                 sync: deletes what is gone from the source
${TARGET_USAGE}`;

const ROLLOUT_OPTIONS = {
  ...TARGET_OPTIONS,
  'to-revision': { type: 'string' },
  revision: { type: 'string' },
  prune: { type: 'boolean' },
} as const;

/** What `slipway rollout` is asked for. */
export interface RolloutOptions {
  readonly action: (typeof ACTIONS)[number];
  readonly target: TargetOptions;
  readonly workload: WorkloadReference;
  readonly toRevision: number | undefined;
  readonly sync: SyncOptions;
}

const SHORT_KINDS: Readonly<Record<string, string>> = {
  deploy: 'Deployment',
  sts: 'StatefulSet',
  ds: 'DaemonSet',
  app: 'Application',
};

/** True for a release of Helm, which is no object of the cluster. */
export function isRelease({ kind }: WorkloadReference): boolean {
  return kind === RELEASE;
}

/** Reads the command line of `slipway rollout`; undefined when its usage was asked for. */
export function readRolloutOptions(args: readonly string[]): RolloutOptions | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [named, workload, ...others] = positionals;
  const action = ACTIONS.find((known) => known === named);
  if (action === undefined) {
    const what = named === undefined ? 'Say what to do with the rollout.' : `A rollout has no '${named}'.`;
    throw new CommandLineError(`${what}\n\n${ROLLOUT_USAGE}`);
  }
  if (workload === undefined || others.length > 0)
    throw new CommandLineError(`Name one workload as KIND/NAME.\n\n${ROLLOUT_USAGE}`);
  const target = readTarget(values, ROLLOUT_USAGE);
  const { kind, name } = readWorkload(workload);
  refuseMismatch(action, kind, values);
  return {
    action,
    target,
    workload: { kind, name, namespace: target.namespace },
    sync: { prune: values.prune === true, ...(values.revision === undefined ? {} : { revision: values.revision }) },
    toRevision: readRevision(values['to-revision'], action),
  };
}

function readWorkload(text: string): { kind: string; name: string } {
  const [written = '', name = '', ...rest] = text.split('/');
  const short = written.toLowerCase();
  const kind =
    SHORT_KINDS[short] ?? KINDS.find((known) => [known, `${known}s`].some((form) => form.toLowerCase() === short));
  if (kind !== undefined && name !== '' && rest.length === 0) return { kind, name };
  throw new CommandLineError(
    kind === undefined
      ? `'${written}' has no rollout; KIND is one of ${KINDS.join(', ')}.`
      : `'${text}' names no workload; write KIND/NAME.`,
  );
}

/** An option or a kind that an action knows nothing of must not seem to count. */
function refuseMismatch(action: string, kind: string, values: ReturnType<typeof parse>['values']): void {
  if (action === 'sync' && kind !== 'Application')
    throw new CommandLineError('Only an Application of Argo CD is synced.');
  if (action !== 'sync' && (values.prune || values.revision !== undefined))
    throw new CommandLineError('--revision and --prune belong to sync.');
  if (kind === RELEASE && action !== 'status' && action !== 'watch')
    throw new CommandLineError(`A release has status and watch; ${action} is helm's own.`);
}

function readRevision(text: string | undefined, action: string): number | undefined {
  if (text === undefined) return undefined;
  if (action !== 'undo') throw new CommandLineError('--to-revision belongs to undo.');
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new CommandLineError(`--to-revision takes a number from 1 up, not '${text}'.`);
}

function parse(args: readonly string[]) {
  return parseOptions(args, ROLLOUT_OPTIONS, ROLLOUT_USAGE);
}
