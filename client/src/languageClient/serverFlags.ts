/**
 * How Node is told to start the language server. A keystroke leaves little behind, so that a young generation of half the
 * usual size is enough: it takes some 15 MB less memory for the same time.
 */
export const SERVER_FLAGS: readonly string[] = ['--max-semi-space-size=8'];
