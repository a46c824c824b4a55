import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder that disappears with its owner, and a list of what else has to be undone then. */
export interface StateFolder {
  readonly path: string;
  /** For the daemons' logs. */
  readonly logs: string;
  /**
   * Notes a command that undoes something outside of the folder. The last one noted runs first.
   * It must do no harm when there is nothing left to undo; its result is ignored.
   */
  undoLater(command: readonly [string, ...string[]]): void;
  /** Undoes and removes. What the owner started has to be stopped before. */
  remove(): Promise<void>;
}

/**
 * The guard reads commands until its standard input ends, which is when the owner asks for it or has died.
 * Removing is tried for ten seconds, because the daemons may still be dying.
 */
const guardScript = `
undo=
while IFS= read -r line; do
  undo="$line
$undo"
done
eval "$undo" >/dev/null 2>&1
for attempt in $(seq 100); do
  rm -rf -- "$1" 2>/dev/null && [ ! -e "$1" ] && exit 0
  sleep 0.1
done
exit 1
`;

/** A Unix socket's path has at most 107 bytes; this is what the folder's own part may take of them. */
const longestTemporaryFolder = 40;

/** Creates the folder and the process that guards it. */
export function createStateFolder(purpose: string): StateFolder {
  const temporary = tmpdir().length > longestTemporaryFolder ? '/tmp' : tmpdir();
  const path = mkdtempSync(join(temporary, `slipway-${purpose}-`));
  const logs = join(path, 'logs');
  mkdirSync(logs);
  const guard = spawn('sh', ['-c', guardScript, 'sh', path], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.stdin.on('error', () => {});
  guard.unref();
  const exited = new Promise<number | null>((resolve) => guard.on('exit', resolve));
  // The pipe must not keep this process alive either; Node gives it as a plain stream, though it is a socket.
  (guard.stdin as unknown as { unref(): void }).unref();
  return {
    path,
    logs,
    undoLater: (command) => void guard.stdin.write(`${shellCommand(command)}\n`),
    async remove() {
      guard.ref();
      guard.stdin.end();
      if ((await exited) !== 0) throw new Error(`${path} could not be removed.`);
    },
  };
}

/** The words as one line of shell, each quoted. */
export function shellCommand(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
}
