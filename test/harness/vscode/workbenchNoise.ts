/** What the workbench says in every run, and what says nothing about the extension. */
const NOISE = [
  /^(Resolving|Resolved) connection token/,
  /^Creating a socket/,
  /^Updating additional builtin/,
  /^Ignoring fetching additional builtin/,
  /^\[(AccountPolicyGate|AgentHost|reconnection|Service Worker|remote-connection)/,
  /^Error: Could not locate the bindings/,
  /^Cannot find module '\.\/build\/Release\/watchdog'/,
  /^Timed out waiting for authentication provider/,
  /^Canceled: Canceled/,
  /^ChatSessionStore/,
];

/** Whether a line of the workbench's console is left out of a test run's output. */
export function isWorkbenchNoise(line: string): boolean {
  return NOISE.some((pattern) => pattern.test(line));
}
