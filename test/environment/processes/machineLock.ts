import { connect, createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Something of which this machine has only one, held by this process. */
export interface MachineLock {
  release(): Promise<void>;
}

export interface MachineLockOptions {
  /** How long to wait for another holder; 0 asks once. */
  readonly waitMilliseconds: number;
  /** Called once with a sentence that names the holder, when there is something to wait for. */
  readonly onWait?: (message: string) => void;
}

/**
 * Takes the lock, or rejects with words that name the process that holds it.
 * The lock is a socket in Linux' abstract name space: the kernel frees it when its holder dies, so it is never stale.
 */
export async function takeMachineLock(what: string, options: MachineLockOptions): Promise<MachineLock> {
  const address = `\0slipway-test-environment/${what}`;
  const deadline = Date.now() + options.waitMilliseconds;
  for (let waited = false; ; waited = true) {
    const server = await listen(address);
    if (server !== undefined) return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    const holder = await askHolder(address);
    if (holder !== undefined) {
      const message = `${what} is in use by another run on this machine (${holder}).`;
      if (Date.now() >= deadline) throw new Error(`${message} Wait until it has ended, or end it.`);
      if (!waited) options.onWait?.(`${message} Waiting for it.`);
    }
    await delay(250);
  }
}

async function listen(address: string): Promise<Server | undefined> {
  const server = createServer((connection) => {
    connection.on('error', () => {});
    connection.end(`process ${process.pid}: ${process.argv.slice(1).join(' ').slice(0, 200)}`);
  });
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** Who holds the lock, or `undefined` when it has just been released. */
async function askHolder(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const connection = connect(address);
    connection.setTimeout(2_000, () => connection.destroy());
    connection.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
    });
    connection.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') resolve(undefined);
    });
    connection.on('close', () => resolve(answer === '' ? 'a process that does not answer' : answer));
  });
}
