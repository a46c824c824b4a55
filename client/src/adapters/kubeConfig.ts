import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { Failure } from '../cluster/failure.ts';
import { type CredentialProgram, loginAdvice } from './loginAdvice.ts';

/** One context that the kubeconfigs offer. */
export interface ClusterContext {
  readonly name: string;
  readonly cluster: string;
  readonly server: string;
  /** The namespace that kubectl would use, `default` when none is written. Shown as a proposal, never used silently. */
  readonly namespace: string;
  /** True for the context that kubectl would use. */
  readonly current: boolean;
  /** True when its credentials come from a program, which runs only in a trusted workspace. */
  readonly runsProgram: boolean;
  /** What to do when its credentials are refused, where the program that gives them is named. */
  readonly loginAdvice: string;
}

/** What was read from all kubeconfigs together. Files that cannot be read are named, the others still count. */
export interface LoadedKubeConfig {
  readonly config: KubeConfig;
  readonly problems: readonly Failure[];
}

/** The kubeconfig files in force: those of the setting, else of `KUBECONFIG`, else the one in the home folder. */
export function kubeConfigFiles(settingFiles: readonly string[], environment: NodeJS.ProcessEnv): string[] {
  if (settingFiles.length > 0) return [...settingFiles];
  const listed = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  return listed.length > 0 ? listed : [join(homedir(), '.kube', 'config')];
}

/** The time of the newest change among the files, to notice a changed token. A file that is gone counts as 0. */
export function newestChangeMilliseconds(files: readonly string[]): number {
  return Math.max(0, ...files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}

/**
 * Reads and merges kubeconfig files as kubectl does: where a name stands twice, the first wins; a file that does not
 * exist is passed over. Relative paths are taken from the file they stand in.
 */
export function loadKubeConfig(files: readonly string[]): LoadedKubeConfig {
  const config = new KubeConfig();
  const problems: Failure[] = [];
  for (const file of files) {
    try {
      const text = readFileSync(file, 'utf8');
      if (text.trim() === '') continue;
      const one = new KubeConfig();
      one.loadFromString(text, { onInvalidEntry: 'filter' });
      one.makePathsAbsolute(dirname(file));
      const raw = rawUsers(text);
      addMissing(config.clusters, one.clusters);
      addMissing(
        config.users,
        one.users.map((user) => completeUser(user, raw.get(user.name), dirname(file))),
      );
      addMissing(config.contexts, one.contexts);
      config.currentContext ||= one.currentContext;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      problems.push(
        new Failure('invalid', `The kubeconfig ${file} cannot be read.`, {
          said: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
          advice: 'Correct the file, or take it out of KUBECONFIG.',
          places: [{ file }],
        }),
      );
    }
  }
  return { config, problems };
}

/** The contexts on offer, in the order of the files. */
export function listContexts({ config }: LoadedKubeConfig): ClusterContext[] {
  return config.contexts.map((context) => ({
    name: context.name,
    cluster: context.cluster,
    server: config.getCluster(context.cluster)?.server ?? '',
    namespace: context.namespace ?? 'default',
    current: context.name === config.currentContext,
    runsProgram: runsProgram(config.getUser(context.user)),
    loginAdvice: loginAdvice(credentialProgram(config.getUser(context.user))),
  }));
}

/**
 * A configuration that speaks to one context and no other. Throws `not-found` for an unknown context, and `untrusted`
 * when its credentials come from a program and the workspace is not trusted.
 */
export function configForContext(loaded: LoadedKubeConfig, contextName: string, trusted: boolean): KubeConfig {
  const { config } = loaded;
  const context = config.contexts.find(({ name }) => name === contextName);
  const cluster = context && config.getCluster(context.cluster);
  if (!context || !cluster) {
    const known = config.contexts.map(({ name }) => name).join(', ') || 'none';
    throw new Failure(
      'not-found',
      context
        ? `Context ${contextName} names cluster ${context.cluster}, which no kubeconfig defines.`
        : `No kubeconfig has a context ${contextName}.`,
      { said: loaded.problems[0]?.message ?? '', advice: `Known contexts: ${known}.` },
    );
  }
  const user = config.getUser(context.user) ?? { name: `${contextName}-without-user` };
  if (!trusted && runsProgram(user)) {
    throw new Failure(
      'untrusted',
      `The credentials of context ${contextName} come from a program, which is not run here.`,
      {
        advice: 'Trust this workspace to let the program run.',
      },
    );
  }
  const one = new KubeConfig();
  const usesHttp = cluster.server.startsWith('http:');
  one.loadFromOptions({
    clusters: [usesHttp ? { ...cluster, skipTLSVerify: true } : cluster],
    users: [withExecInformation(user, cluster.server)],
    contexts: [{ ...context, user: user.name }],
    currentContext: contextName,
  });
  return one;
}

type User = KubeConfig['users'][number];

function addMissing<T extends { name: string }>(into: T[], from: readonly T[]): void {
  for (const item of from) if (!into.some(({ name }) => name === item.name)) into.push(item);
}

function runsProgram(user: User | null): boolean {
  if (!user) return false;
  const provider = user.authProvider as { name?: string; config?: Record<string, unknown> } | undefined;
  return Boolean(
    user.exec || provider?.config?.['exec'] || provider?.config?.['cmd-path'] || provider?.name === 'exec',
  );
}

function credentialProgram(user: User | null): CredentialProgram | undefined {
  const program = user?.exec as { command?: string; args?: readonly string[]; installHint?: string } | undefined;
  if (!program?.command) return undefined;
  return { command: program.command, arguments: program.args ?? [], installHint: program.installHint ?? '' };
}

/** Reads what the library does not: the token file under its standard name, and a program given by a relative path. */
function completeUser(user: User, raw: RawUser | undefined, folder: string): User {
  const absolute = (file: string): string => (isAbsolute(file) ? file : join(folder, file));
  const token = !user.token && raw?.tokenFile ? { token: readFileSync(absolute(raw.tokenFile), 'utf8').trim() } : {};
  const program = user.exec as { command?: string } | undefined;
  const relative = program?.command !== undefined && /[/\\]/.test(program.command);
  const exec = relative ? { exec: { ...program, command: absolute(program.command ?? '') } } : {};
  return { ...user, ...token, ...exec };
}

interface RawUser {
  readonly tokenFile?: string;
}

function rawUsers(text: string): ReadonlyMap<string, RawUser> {
  const users: unknown = parse(text)?.users;
  const entries = Array.isArray(users) ? (users as { name?: string; user?: RawUser }[]) : [];
  return new Map(entries.flatMap(({ name, user }) => (name && user ? [[name, user] as const] : [])));
}

/**
 * Tells a credential program which cluster it is asked for, as the exec credential protocol of client.authentication.k8s.io
 * provides; some programs refuse to run without it.
 */
function withExecInformation(user: User, server: string): User {
  const program = user.exec as { apiVersion?: string; env?: { name: string; value: string }[] } | undefined;
  if (!program) return user;
  const information = {
    apiVersion: program.apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, cluster: { server } },
  };
  const env = [...(program.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(information) }];
  return { ...user, exec: { ...program, env } };
}
