import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CommandLineError } from './commandLineError.ts';

/** What an option is: its type, its short form, its default, whether it may be given more than once. */
type OptionTypes = NonNullable<ParseArgsConfig['options']>;

/** Reads options and positional arguments. What cannot be read is an error of usage, which shows the usage. */
export function parseOptions<const Options extends OptionTypes>(
  args: readonly string[],
  options: Options,
  usage: string,
): ReturnType<typeof parseArgs<{ args: string[]; allowPositionals: true; options: Options }>> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new CommandLineError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}
