/** What a test run asks of the `code` executable. */
export interface CodeArguments {
  /** Folders of the extensions under test. */
  readonly developmentPaths: readonly string[];
  /** The module whose `run` is the test suite. */
  readonly testsPath: string;
  /** The folder to open; undefined is an empty window. */
  readonly folder: string | undefined;
  readonly userDataFolder: string | undefined;
  readonly extensionsFolder: string | undefined;
}

/** Options of `code` that take a value when they are written without `=`. */
const OPTIONS_WITH_VALUE = new Set([
  'extensionDevelopmentPath',
  'extensionTestsPath',
  'extensions-dir',
  'folder-uri',
  'user-data-dir',
]);

/**
 * Reads the command line of a test run as the real executable would, as far as the stand-in follows it. Other options
 * (of the graphics, of updates) mean nothing to a browser and are passed over. Throws where a test run cannot be meant.
 */
export function parseCodeArguments(parameters: readonly string[]): CodeArguments {
  const options = new Map<string, string[]>();
  const paths: string[] = [];
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index]!;
    const option = /^--([^=]+)(?:=(.*))?$/s.exec(parameter);
    if (!option) {
      paths.push(parameter);
      continue;
    }
    const [, name, written] = option;
    const value = written ?? (OPTIONS_WITH_VALUE.has(name!) ? parameters[++index] : '');
    options.set(name!, [...(options.get(name!) ?? []), value ?? '']);
  }
  const last = (name: string) => options.get(name)?.at(-1) || undefined;
  const testsPath = last('extensionTestsPath');
  if (!testsPath) throw new Error('This stand-in for `code` only runs tests: --extensionTestsPath is missing.');
  if (paths.length > 1) throw new Error(`This stand-in for \`code\` opens one folder, not ${paths.join(' and ')}.`);
  return {
    developmentPaths: options.get('extensionDevelopmentPath') ?? [],
    testsPath,
    folder: paths[0],
    userDataFolder: last('user-data-dir'),
    extensionsFolder: last('extensions-dir'),
  };
}
