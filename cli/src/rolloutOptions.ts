import { parseArgs } from 'node:util';
import { rolloutKinds } from '../../client/src/cluster/workload.ts';
import type { WorkloadReference } from '../../client/src/cluster/workloadReference.ts';
import { CommandLineError } from './commandLineError.ts';
import { readTarget, TARGET_OPTIONS, TARGET_USAGE, type TargetOptions } from './deliveryOptions.ts';

const ACTIONS = ['status', 'watch', 'undo', 'history'] as const;

export const ROLLOUT_USAGE = `Usage: slipway rollout status|watch|undo|history [options] KIND/NAME

  status    says where the rollout stands: exit code 0 done, 1 failed, 4 still going on
  watch     follows the rollout to its end; a failure is told with its reason
  undo      takes the workload back to its former revision and watches that
  history   lists the revisions that the cluster keeps

KIND is one of ${Object.keys(rolloutKinds).join(', ')}, in any case; deploy, sts and ds are understood.

  --to-revision N         undo: the revision to go back to (default: the one before the present one)
${TARGET_USAGE}`;

/** What `slipway rollout` is asked for. */
export interface RolloutOptions {
  readonly action: (typeof ACTIONS)[number];
  readonly target: TargetOptions;
  readonly workload: WorkloadReference;
  readonly toRevision: number | undefined;
}

const SHORT_KINDS: Readonly<Record<string, string>> = { deploy: 'Deployment', sts: 'StatefulSet', ds: 'DaemonSet' };

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
  return {
    action,
    target,
    workload: { ...readWorkload(workload), namespace: target.namespace },
    toRevision: readRevision(values['to-revision'], action),
  };
}

function readWorkload(text: string): { kind: string; name: string } {
  const [written = '', name = '', ...rest] = text.split('/');
  const short = written.toLowerCase();
  const kind =
    SHORT_KINDS[short] ??
    Object.keys(rolloutKinds).find((known) => [known, `${known}s`].some((form) => form.toLowerCase() === short));
  if (kind !== undefined && name !== '' && rest.length === 0) return { kind, name };
  throw new CommandLineError(
    kind === undefined
      ? `'${written}' has no rollout; KIND is one of ${Object.keys(rolloutKinds).join(', ')}.`
      : `'${text}' names no workload; write KIND/NAME.`,
  );
}

function readRevision(text: string | undefined, action: string): number | undefined {
  if (text === undefined) return undefined;
  if (action !== 'undo') throw new CommandLineError('--to-revision belongs to undo.');
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new CommandLineError(`--to-revision takes a number from 1 up, not '${text}'.`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...TARGET_OPTIONS, 'to-revision': { type: 'string' } },
    });
  } catch (error) {
    throw new CommandLineError(`${error instanceof Error ? error.message : error}\n\n${ROLLOUT_USAGE}`);
  }
}
