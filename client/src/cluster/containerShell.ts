/** A shell that is likely to be there: bash where it is, else sh. */
export const CONTAINER_SHELL: readonly string[] = [
  'sh',
  '-c',
  'TERM=xterm-256color; export TERM; command -v bash >/dev/null 2>&1 && exec bash; exec sh',
];
