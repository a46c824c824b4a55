/** The command line cannot be followed: said without a stack, exit code 2. */
export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
}
