import { throwIfCancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import { licenseComplaints } from './containerLicenses.ts';
import type {
  CommandTest,
  ContainerTestFile,
  FileContentTest,
  FileExistenceTest,
  MetadataTest,
} from './containerTest.ts';
import type { ContainerRun, ImageConfiguration, ImageEngine, ImageFile, ImageFiles } from './imageEngine.ts';

/** How one test ended. `notRun` is told aloud: it is neither good nor bad. */
export interface ContainerTestResult {
  readonly file: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'notRun';
  /** What was expected and what was found, one line each; empty for a passed test. */
  readonly complaints: readonly string[];
}

/** Runs the tests of a file against an image and tells every result as it comes. */
export async function runContainerTests(
  engine: ImageEngine,
  reference: string,
  tests: ContainerTestFile,
  report: (result: ContainerTestResult) => void,
  signal: AbortSignal,
): Promise<readonly ContainerTestResult[]> {
  const results: ContainerTestResult[] = [];
  const conclude = (name: string, complaints: readonly string[]): void => {
    const result = {
      file: tests.file,
      name,
      outcome: complaints.length === 0 ? ('passed' as const) : ('failed' as const),
      complaints,
    };
    results.push(result);
    report(result);
  };
  for (const part of tests.notCarriedOut) {
    const complaint = `Slipway does not carry out ${part}.`;
    const result: ContainerTestResult = { file: tests.file, name: part, outcome: 'notRun', complaints: [complaint] };
    results.push(result);
    report(result);
  }
  const needsVariables = tests.commandTests.some(({ environment }) => Object.keys(environment).length > 0);
  const described = tests.metadataTest || needsVariables ? await engine.describe(reference, signal) : undefined;
  if ((tests.metadataTest || needsVariables) && !described)
    throw new Failure('not-found', `The engine has no image ${reference}.`);
  for (const test of tests.commandTests) {
    throwIfCancelled(signal);
    const environment = expanded(test.environment, described?.config.environment ?? {});
    const run = { ...tests.runOptions, reference, environment };
    conclude(test.name, await commandComplaints(engine, run, test, signal));
  }
  const { fileContentTests, fileExistenceTests, licenseTests } = tests;
  const needsFiles = fileExistenceTests.length + fileContentTests.length + licenseTests.length > 0;
  const files = needsFiles ? await engine.openFiles(reference, signal) : undefined;
  try {
    for (const test of files ? fileExistenceTests : []) {
      conclude(test.name, existenceComplaints(test, await files?.read(test.path, false, signal)));
    }
    for (const test of files ? fileContentTests : []) {
      if (files) conclude(test.name, await contentComplaints(files, test, signal));
    }
    for (const test of licenseTests) {
      if (files) conclude('licences', await licenseComplaints(files, test, signal));
    }
  } finally {
    await files?.close();
  }
  if (tests.metadataTest && described) conclude('metadata', metadataComplaints(tests.metadataTest, described.config));
  return results;
}

async function commandComplaints(
  engine: ImageEngine,
  run: Omit<ContainerRun, 'command'>,
  { command, setup, teardown, ...test }: CommandTest,
  signal: AbortSignal,
): Promise<string[]> {
  const result = await engine.run({ ...run, command, setup, teardown }, signal);
  const complaints: string[] = [];
  if (result.exitCode !== test.exitCode) {
    const said = (result.stderr || result.stdout).trim().split('\n').at(-1) ?? '';
    complaints.push(`Expected exit code ${test.exitCode}, found ${result.exitCode}${said ? `: ${said}` : '.'}`);
  }
  complaints.push(
    ...textComplaints('output', result.stdout, test.expectedOutput, test.excludedOutput),
    ...textComplaints('error output', result.stderr, test.expectedError, test.excludedError),
  );
  const { failedTeardown } = result;
  if (failedTeardown)
    complaints.push(`The teardown ${failedTeardown.command.join(' ')} ended with ${failedTeardown.exitCode}.`);
  return complaints;
}

/** The variables of a test, in which `$NAME` and `${NAME}` stand for those of the image and the ones before. */
function expanded(
  written: Readonly<Record<string, string>>,
  ofImage: Readonly<Record<string, string>>,
): Record<string, string> {
  const known: Record<string, string> = { ...ofImage };
  return Object.fromEntries(
    Object.entries(written).map(([name, text]) => {
      known[name] = text.replace(
        /\$(?:\{(\w+)\}|(\w+))/g,
        (_match, braced?: string, bare?: string) => known[braced ?? bare ?? ''] ?? '',
      );
      return [name, known[name]];
    }),
  );
}

function existenceComplaints(test: FileExistenceTest, file: ImageFile | undefined): string[] {
  if (!test.shouldExist) return file ? [`${test.path} should not exist.`] : [];
  if (!file) return [`${test.path} does not exist.`];
  const complaints: string[] = [];
  const permissions = permissionText(file);
  if (test.permissions !== undefined && test.permissions !== permissions) {
    complaints.push(`Expected permissions ${test.permissions}, found ${permissions}.`);
  }
  if (test.uid !== undefined && test.uid !== file.uid) complaints.push(`Expected user ${test.uid}, found ${file.uid}.`);
  if (test.gid !== undefined && test.gid !== file.gid)
    complaints.push(`Expected group ${test.gid}, found ${file.gid}.`);
  const executeBits = { owner: 0o100, group: 0o010, other: 0o001, any: 0o111 } as const;
  if (test.isExecutableBy && (file.mode & executeBits[test.isExecutableBy]) === 0) {
    complaints.push(`${test.path} cannot be executed by ${test.isExecutableBy}; its permissions are ${permissions}.`);
  }
  return complaints;
}

async function contentComplaints(files: ImageFiles, test: FileContentTest, signal: AbortSignal): Promise<string[]> {
  const file = await files.read(test.path, true, signal);
  if (file?.content === undefined) return [`${test.path} is not a file of the image.`];
  return textComplaints('content', file.content.toString('utf8'), test.expectedContents, test.excludedContents);
}

function metadataComplaints(test: MetadataTest, config: ImageConfiguration): string[] {
  const complaints: string[] = [];
  const named = (what: string, expected: MetadataTest['labels'], found: Readonly<Record<string, string>>): void => {
    for (const { key, value, isRegex } of expected) {
      const actual = found[key];
      const fits = actual !== undefined && (isRegex ? matches(value, actual) : actual === value);
      if (!fits) complaints.push(`Expected ${what} ${key}=${value}, found ${actual ?? 'none'}.`);
    }
  };
  named('variable', test.environment, config.environment);
  for (const name of test.unboundEnvironment)
    if (Object.hasOwn(config.environment, name)) complaints.push(`Variable ${name} is set.`);
  named('label', test.labels, config.labels);
  const ports = new Set(config.exposedPorts.flatMap((port) => [port, port.replace(/\/tcp$/, '')]));
  for (const port of test.exposedPorts) if (!ports.has(port)) complaints.push(`Port ${port} is not exposed.`);
  for (const port of test.unexposedPorts) if (ports.has(port)) complaints.push(`Port ${port} is exposed.`);
  for (const volume of test.volumes) {
    if (!config.volumes.includes(volume)) complaints.push(`${volume} is not a volume.`);
  }
  for (const volume of test.unmountedVolumes) {
    if (config.volumes.includes(volume)) complaints.push(`${volume} is a volume.`);
  }
  const equal = (what: string, expected: unknown, found: unknown): void => {
    if (expected !== undefined && JSON.stringify(expected) !== JSON.stringify(found)) {
      complaints.push(`Expected ${what} ${JSON.stringify(expected)}, found ${JSON.stringify(found)}.`);
    }
  };
  equal('entrypoint', test.entrypoint, config.entrypoint);
  equal('cmd', test.command, config.command);
  equal('workdir', test.workingFolder, config.workingFolder);
  equal('user', test.user, config.user);
  return complaints;
}

function textComplaints(
  what: string,
  found: string,
  expected: readonly string[],
  excluded: readonly string[],
): string[] {
  return [
    ...expected.filter((pattern) => !matches(pattern, found)).map((pattern) => `The ${what} lacks ${pattern}.`),
    ...excluded.filter((pattern) => matches(pattern, found)).map((pattern) => `The ${what} contains ${pattern}.`),
  ];
}

/** Go's regular expressions know inline flags that JavaScript lacks; `(?i)` and its like at the start become flags. */
function matches(pattern: string, text: string): boolean {
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const source = (inline ? pattern.slice(inline[0].length) : pattern).replaceAll('(?P<', '(?<');
  try {
    return new RegExp(source, inline?.[1] ?? '').test(text);
  } catch (error) {
    throw new Failure('invalid', `${pattern} is not a regular expression.`, {
      said: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Type and permissions in the notation that test files use: `-rw-r--r--`, `drwxr-xr-x`, `Lrwxrwxrwx`. */
function permissionText(file: ImageFile): string {
  const types = { file: '', directory: 'd', symlink: 'L', other: '?' } as const;
  const special = `${file.mode & 0o4000 ? 'u' : ''}${file.mode & 0o2000 ? 'g' : ''}${file.mode & 0o1000 ? 't' : ''}`;
  const prefix = `${types[file.type]}${special}` || '-';
  const letters = [...'rwxrwxrwx'].map((letter, index) => (file.mode & (1 << (8 - index)) ? letter : '-'));
  return prefix + letters.join('');
}
