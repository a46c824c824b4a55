// Takes the place of the compiled module @vscode/native-watchdog inside the VS Code that `npm start` serves: an extension
// host ends when the server that started it is gone. The original does it from a thread, and so also ends a host whose
// event loop hangs; this one cannot.

const POLL_MILLISECONDS = 3000;
const EXIT_CODE_PARENT_GONE = 87;

/** Watches the process `parentProcessId` from now on. */
export function start(parentProcessId: number): void {
  setInterval(() => {
    try {
      process.kill(parentProcessId, 0);
    } catch {
      process.exit(EXIT_CODE_PARENT_GONE);
    }
  }, POLL_MILLISECONDS).unref();
}

/** Ends this process at once. */
export function exit(code?: number): void {
  process.exit(code ?? 0);
}
