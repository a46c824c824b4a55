import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHierarchies, separateGroups, unifiedGroups } from './processes/controlGroups.ts';
import { startDaemon } from './processes/daemon.ts';
import { choosePorts, freePorts } from './processes/freePorts.ts';
import { takeMachineLock } from './processes/machineLock.ts';
import { runProgram } from './processes/runProgram.ts';
import { createStateFolder, shellCommand } from './processes/stateFolder.ts';
import { until } from './processes/until.ts';

const isAlive = (pid: number) => {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) && !/\) Z /.test(readFileSync(path, 'utf8'));
};

describe('ports', () => {
  it('are different, and skip those in use', async () => {
    const numbers = [0.5, 0.5, 0.25, 0.75];
    const busy = 18_000 + Math.floor(0.25 * 12_000);
    const ports = await choosePorts(
      2,
      async (port) => port !== busy,
      () => numbers.shift()!,
    );
    assert.deepEqual(ports, [24_000, 27_000]);
  });

  it('are given up with an error when there are none', async () => {
    await assert.rejects(
      choosePorts(1, async () => false, Math.random),
      /No 1 free ports/,
    );
  });

  it('can be listened on', async () => {
    const [port] = await freePorts(1);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    await new Promise((resolve) => server.close(resolve));
    assert.ok(port! >= 18_000 && port! < 30_000);
  });
});

describe('programs', () => {
  it('give their output, and their own words when they fail', async () => {
    assert.equal(await runProgram('cat', [], { input: 'text' }), 'text');
    await assert.rejects(runProgram('sh', ['-c', 'echo broken >&2; exit 3']), /ended with 3:\nbroken/);
    await assert.rejects(runProgram('/no/such/program', []), /ENOENT/);
  });
});

describe('standard error', () => {
  it('comes line by line, the last one even without its end', async () => {
    const lines: string[] = [];
    await runProgram('sh', ['-c', 'printf "one\\ntwo\\nth" >&2; sleep 0.1; printf ree >&2'], {
      onErrorLine: (line) => lines.push(line),
    });
    assert.deepEqual(lines, ['one', 'two', 'three']);
  });
});

describe('a machine lock', () => {
  it('refuses a second holder by name, and is free after release', async () => {
    const name = `test ${process.pid}`;
    const lock = await takeMachineLock(name, { waitMilliseconds: 0 });
    await assert.rejects(takeMachineLock(name, { waitMilliseconds: 0 }), {
      message: new RegExp(`^test \\d+ is in use by another run on this machine \\(process ${process.pid}: `),
    });
    await lock.release();
    await (await takeMachineLock(name, { waitMilliseconds: 0 })).release();
  });

  it('waits, saying so once', async () => {
    const name = `test wait ${process.pid}`;
    const lock = await takeMachineLock(name, { waitMilliseconds: 0 });
    const messages: string[] = [];
    const second = takeMachineLock(name, { waitMilliseconds: 10_000, onWait: (message) => messages.push(message) });
    await until('the second run waits', 5_000, () => messages.length > 0);
    await lock.release();
    await (await second).release();
    assert.equal(messages.length, 1);
  });
});

describe('a state folder', () => {
  it('is removed, and what was noted is undone, last first', async () => {
    const state = createStateFolder('test');
    const log = join(mkdtempSync(join(tmpdir(), 'slipway-undo-')), 'log');
    state.undoLater(['sh', '-c', `echo "it's first" >> ${log}`]);
    state.undoLater(['sh', '-c', `echo second >> ${log}`]);
    await state.remove();
    assert.equal(existsSync(state.path), false);
    assert.equal(readFileSync(log, 'utf8'), "second\nit's first\n");
    rmSync(join(log, '..'), { recursive: true });
  });

  it('quotes for the shell', async () => {
    const words = ['printf', '%s|', "it's", '$HOME `x` "y"', ''];
    assert.equal(await runProgram('sh', ['-c', shellCommand(words)]), `it's|$HOME \`x\` "y"||`);
  });
});

describe('a daemon', () => {
  it('that ignores SIGTERM is killed after its grace time', async () => {
    const state = createStateFolder('test');
    const daemon = await startDaemon({
      name: 'stubborn',
      command: ['sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 0.1; done'],
      logFolder: state.logs,
    });
    await until('it ignores SIGTERM', 5_000, () => readFileSync(daemon.logFile, 'utf8') === 'ready\n');
    await daemon.stop({ graceMilliseconds: 200 });
    assert.equal(daemon.ending(), 'SIGKILL');
    await state.remove();
  });

  it('and its state folder do not outlive an owner that is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-owner-'));
    const script = join(folder, 'owner.mts');
    const processes = join(import.meta.dirname, 'processes');
    writeFileSync(
      script,
      `import { startDaemon } from '${processes}/daemon.ts';
       import { createStateFolder } from '${processes}/stateFolder.ts';
       const state = createStateFolder('test');
       const daemon = await startDaemon({ name: 'sleeper', command: ['sleep', '600'], logFolder: state.logs });
       console.log(JSON.stringify({ pid: daemon.pid, path: state.path }));
       setInterval(() => {}, 1000);`,
    );
    const owner = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((resolve) => owner.stdout.once('data', (data) => resolve(String(data))));
    const { pid, path } = JSON.parse(line) as { pid: number; path: string };
    assert.ok(isAlive(pid) && existsSync(path));
    owner.kill('SIGKILL');
    await until('daemon and folder are gone', 10_000, () => !isAlive(pid) && !existsSync(path));
    rmSync(folder, { recursive: true });
  }).timeout(30_000);
});

describe('control groups', () => {
  it('of version 1 are one per hierarchy, also where controllers are mounted together', () => {
    const hierarchies = parseHierarchies('4:memory:/user\n3:cpu,cpuacct:/\n2:cpuset:/\n1:name=systemd:/x\n0::/x\n');
    assert.deepEqual(hierarchies, ['memory', 'cpu,cpuacct', 'cpuset', 'name=systemd']);
    const groups = separateGroups('test', hierarchies);
    assert.match(groups.create, /mkdir '\/sys\/fs\/cgroup\/cpu,cpuacct\/test'/);
    assert.match(groups.create, /cpuset\.mems' > '\/sys\/fs\/cgroup\/cpuset\/test\/cpuset\.mems'/);
    assert.match(groups.mount, /mount -t cgroup -o 'none,name=systemd' cgroup '\/sys\/fs\/cgroup\/systemd'/);
    assert.match(groups.mount, /ln -s 'cpu,cpuacct' '\/sys\/fs\/cgroup\/cpuacct'/);
    assert.equal(groups.enterFirst, groups.enter);
  });

  it('of version 2 hold processes only in a child, so that controllers can be on', () => {
    const groups = unifiedGroups('test');
    assert.match(groups.enter, /test\/init\/cgroup\.procs/);
    assert.match(groups.enterFirst, /test\/cgroup\.procs/);
    assert.ok(groups.mount.indexOf('init/cgroup.procs') < groups.mount.indexOf('subtree_control'));
  });

  it('are shell that a shell accepts', async () => {
    for (const groups of [separateGroups('t', ['cpuset', 'cpu,cpuacct']), unifiedGroups('t')]) {
      for (const script of Object.values(groups)) await runProgram('sh', ['-n'], { input: script });
    }
  });
});
