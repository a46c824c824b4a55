import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlGroups } from './controlGroups.ts';
import { assertRunning, type Daemon, startDaemon } from './daemon.ts';
import { runProgram } from './runProgram.ts';
import type { StateFolder } from './stateFolder.ts';
import { until } from './until.ts';

/** A set of processes that see only each other, their own mounts and perhaps their own network. */
export interface Namespaces {
  /** The process that everything hangs on: when it dies, the kernel kills the rest, and mounts and links go. */
  readonly firstProcess: number;
  /** Starts a daemon inside. It ends with the namespaces; it can't be stopped alone. */
  start(name: string, command: readonly [string, ...string[]], environment?: Record<string, string>): Promise<Daemon>;
  /** Rejects with the end of the log of the first daemon that has ended. */
  assertAllRun(): void;
  /** Ends everything inside. */
  stop(): Promise<void>;
}

export interface NamespacesOptions {
  /** Names the control groups and the host; unique on this machine. */
  readonly id: string;
  readonly state: StateFolder;
  /** Whether to have a network of its own; otherwise that of the machine. */
  readonly ownNetwork: boolean;
  readonly hostname: string;
  /** Shell lines that the first process runs as root of the new namespaces before anything else starts. */
  readonly prepare: readonly string[];
}

/** Creates the namespaces: mounts, processes, IPC, host name, control groups and, if wanted, network. Needs root. */
export async function createNamespaces(options: NamespacesOptions): Promise<Namespaces> {
  const { id, state } = options;
  const groups = controlGroups(id);
  state.undoLater(['sh', '-c', groups.remove]);
  await runProgram('sh', ['-e'], { input: groups.create });
  const readyFile = join(state.path, 'namespacesReady');
  const script = join(state.path, 'firstProcess.sh');
  writeFileSync(script, firstProcessScript(options, groups.mount, readyFile));
  const flags = ['--mount', '--pid', '--ipc', '--uts', '--cgroup', ...(options.ownNetwork ? ['--net'] : [])];
  const unshare = `exec unshare ${flags.join(' ')} --propagation private --fork --kill-child=KILL --mount-proc sh -e '${script}'`;
  const outer = await startDaemon({
    name: 'namespaces',
    command: ['sh', '-ec', `${groups.enterFirst}\n${unshare}`],
    logFolder: state.logs,
  });
  const daemons: Daemon[] = [outer];
  const stop = async () => {
    await outer.stop({ signal: 'SIGKILL' });
    await until('the processes in the namespaces have ended', 15_000, () =>
      daemons.every((daemon) => daemon.ending() !== undefined),
    );
  };
  try {
    const firstProcess = await until('the namespaces are ready', 15_000, () => {
      assertRunning(outer);
      return existsSync(readyFile) ? childOf(outer.pid) : undefined;
    });
    return {
      firstProcess,
      stop,
      assertAllRun: () => daemons.forEach(assertRunning),
      async start(name, command, environment = {}) {
        const join = `exec nsenter --target ${firstProcess} --mount --pid --net --ipc --uts --cgroup -- "$@"`;
        const daemon = await startDaemon({
          name,
          command: ['sh', '-ec', `${groups.enter}\n${join}`, 'sh', ...command],
          logFolder: state.logs,
          environment,
        });
        daemons.push(daemon);
        return daemon;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The first process gets its own /run and control groups, then waits for ever.
 * Waiting in a shell's foreground is what makes it reap the orphans that it inherits.
 */
function firstProcessScript(options: NamespacesOptions, mountControlGroups: string, readyFile: string): string {
  return [
    `hostname '${options.hostname}'`,
    'mount -t tmpfs tmpfs /run',
    'mkdir -p /run/lock',
    `set +e\n${mountControlGroups}\nset -e`,
    ...options.prepare,
    `touch '${readyFile}'`,
    'while :; do sleep 1; done',
  ].join('\n');
}

function childOf(pid: number): number | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return children === '' ? undefined : Number(children.split(' ')[0]);
}
