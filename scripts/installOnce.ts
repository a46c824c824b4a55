import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How {@link installOnce} waits for another process; the defaults suit installations that take minutes. */
export interface InstallOnceOptions {
  /** Called once when another process is found at work on the same folder. */
  readonly onWait?: () => void;
  /** How often the lock is looked at, and by its holder touched. */
  readonly pollMilliseconds?: number;
  /** A lock that its holder has not touched for so long belongs to a process that is gone. */
  readonly staleMilliseconds?: number;
  readonly signal?: AbortSignal;
}

/**
 * Fills `folder` by `install`, at most once, however many processes ask for it at the same time.
 *
 * `install` writes into a folder of its own beside `folder`, which is renamed when it is complete: `folder` either does
 * not exist or is whole, so its existence is the stamp. The lock only spares double work; correctness rests on the
 * rename, so a lock that is wrongly taken for stale does no harm. A failed installation leaves nothing behind.
 */
export async function installOnce(
  folder: string,
  install: (unfinishedFolder: string) => Promise<void>,
  options: InstallOnceOptions = {},
): Promise<void> {
  const { onWait, pollMilliseconds = 500, staleMilliseconds = 30_000, signal } = options;
  const lock = `${folder}.lock`;
  await mkdir(dirname(folder), { recursive: true });
  let waiting = false;
  while (!existsSync(folder)) {
    signal?.throwIfAborted();
    if (await takeLock(lock)) {
      const heartbeat = setInterval(() => {
        const now = new Date();
        // The lock may have been taken for stale and removed; the rename below settles who wins.
        utimes(lock, now, now).catch(() => undefined);
      }, pollMilliseconds);
      try {
        if (!existsSync(folder)) await installInto(folder, install);
      } finally {
        clearInterval(heartbeat);
        await rm(lock, { force: true });
      }
      return;
    }
    if (!waiting) onWait?.();
    waiting = true;
    if (await isStale(lock, staleMilliseconds)) await rm(lock, { force: true });
    else await delay(pollMilliseconds, undefined, signal ? { signal } : {});
  }
}

async function takeLock(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx')).close();
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isStale(lock: string, staleMilliseconds: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(lock)).mtimeMs > staleMilliseconds;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function installInto(folder: string, install: (unfinishedFolder: string) => Promise<void>): Promise<void> {
  const prefix = `${basename(folder)}.unfinished-`;
  // Whoever holds the lock is alone, so what lies about was left by a process that was killed.
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(prefix)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
  const unfinished = join(dirname(folder), prefix + randomUUID().slice(0, 8));
  try {
    await mkdir(unfinished);
    await install(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Somebody who took this lock for stale finished first: theirs is as good as ours.
    if (!existsSync(folder)) throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
