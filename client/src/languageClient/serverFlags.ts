/**
 * How Node is told to start the language server. A keystroke leaves little behind, so that a young generation of a quarter of
 * the usual size is enough: it takes some 20 MB less memory for the same time.
 */
export const SERVER_FLAGS: readonly string[] = ['--max-semi-space-size=4'];
