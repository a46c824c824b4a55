import { existsSync } from 'node:fs';
import { kubeConfigFiles } from '../../client/src/adapters/kubeConfig.ts';
import { CommandLineError } from './commandLineError.ts';

/** The options that `ship` and `rollout` share, as `parseArgs` takes them. */
export const TARGET_OPTIONS = {
  context: { type: 'string' },
  namespace: { type: 'string', short: 'n' },
  kubeconfig: { type: 'string', multiple: true, default: [] as string[] },
  'confirm-context': { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  timeout: { type: 'string', default: '10m' },
  format: { type: 'string', default: 'human' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const TARGET_USAGE = `  --context NAME          the context of the kubeconfig; the current one is never taken silently
  -n, --namespace NAME    the namespace
  --kubeconfig FILE       in place of KUBECONFIG and ~/.kube/config; may be given more than once
  --confirm-context NAME  the name of a protected context, as its confirmation
  -y, --yes               change without asking; needed where there is no terminal
  --timeout DURATION      how long a rollout may take, such as 90s, 10m or 1h (default: 10m)
  --format human|json     json: every event as one line of JSON, the last one of type "ended"
  -h, --help              print this

Exit codes:
  0    done
  1    failed: a build, a test, a push, a refusal of the cluster, or a rollout
  2    wrong usage, or a fault of Slipway
  3    nothing was changed: a yes, or the name of a protected context, is missing
  4    the rollout was not done in time; it goes on in the cluster
  130  cancelled by SIGINT (143 by SIGTERM): what was left behind is told
`;

export type DeliveryFormat = 'human' | 'json';

/** Where a command acts, and with how much leave. */
export interface TargetOptions {
  readonly context: string;
  readonly namespace: string;
  readonly kubeconfigs: readonly string[];
  readonly confirmedContext: string | undefined;
  readonly yes: boolean;
  readonly timeoutMilliseconds: number;
  readonly format: DeliveryFormat;
}

/** What `parseArgs` made of `TARGET_OPTIONS`. */
export interface TargetValues {
  readonly context?: string | undefined;
  readonly namespace?: string | undefined;
  readonly kubeconfig: readonly string[];
  readonly 'confirm-context'?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly timeout: string;
  readonly format: string;
}

/** Reads the shared options; throws CommandLineError for what cannot be followed. */
export function readTarget(values: TargetValues, usage: string): TargetOptions {
  const { context, format, kubeconfig, namespace } = values;
  if (context === undefined) throw new CommandLineError(`Name the context with --context.\n\n${usage}`);
  if (namespace === undefined) throw new CommandLineError(`Name the namespace with --namespace.\n\n${usage}`);
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace))
    throw new CommandLineError(`'${namespace}' is no name of a namespace: lowercase letters, digits and hyphens.`);
  if (format !== 'human' && format !== 'json')
    throw new CommandLineError(`There is no format '${format}'; choose human or json.`);
  const missing = kubeconfig.find((file) => !existsSync(file));
  if (missing !== undefined) throw new CommandLineError(`There is no file '${missing}'.`);
  return {
    context,
    namespace,
    kubeconfigs: kubeConfigFiles(kubeconfig, process.env),
    confirmedContext: values['confirm-context'],
    yes: values.yes === true,
    timeoutMilliseconds: readDuration(values.timeout),
    format,
  };
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `90s`, `10m`, `1h30m` in milliseconds. */
function readDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+)([smh])/g)];
  const total = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
  if (total > 0 && parts.map(([part]) => part).join('') === text) return total;
  throw new CommandLineError(`--timeout takes a duration such as 90s, 10m or 1h30m, not '${text}'.`);
}
