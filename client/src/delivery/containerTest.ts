import path from 'node:path';
import { parse } from 'yaml';
import { Failure } from '../cluster/failure.ts';
import type { ContainerRun } from './imageEngine.ts';

/** A command that is run in the image, and what is expected of it. Expectations are regular expressions. */
export interface CommandTest {
  readonly name: string;
  readonly setup: readonly (readonly string[])[];
  readonly teardown: readonly (readonly string[])[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly expectedOutput: readonly string[];
  readonly excludedOutput: readonly string[];
  readonly expectedError: readonly string[];
  readonly excludedError: readonly string[];
  readonly exitCode: number;
}

/** A file that has to be there, or must not be, and how it is to look. */
export interface FileExistenceTest {
  readonly name: string;
  readonly path: string;
  readonly shouldExist: boolean;
  /** As `ls` shows them: `-rw-r--r--`. */
  readonly permissions: string | undefined;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly isExecutableBy: 'owner' | 'group' | 'other' | 'any' | undefined;
}

/** What a file has to say. */
export interface FileContentTest {
  readonly name: string;
  readonly path: string;
  readonly expectedContents: readonly string[];
  readonly excludedContents: readonly string[];
}

/** What the image has to tell a runtime. What is undefined is not looked at. */
export interface MetadataTest {
  readonly environment: readonly { readonly key: string; readonly value: string; readonly isRegex: boolean }[];
  /** Variables that must not be set. */
  readonly unboundEnvironment: readonly string[];
  readonly labels: readonly { readonly key: string; readonly value: string; readonly isRegex: boolean }[];
  readonly exposedPorts: readonly string[];
  readonly unexposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly unmountedVolumes: readonly string[];
  readonly entrypoint: readonly string[] | undefined;
  readonly command: readonly string[] | undefined;
  readonly workingFolder: string | undefined;
  readonly user: string | undefined;
}

/** Whose licences are looked at: of the packages of Debian, and of further files. */
export interface LicenseTest {
  readonly debian: boolean;
  readonly files: readonly string[];
}

/** How the containers of command tests are run. Variables are only named; the engine reads their values. */
export type ContainerRunOptions = Pick<
  ContainerRun,
  'user' | 'isPrivileged' | 'hasTerminal' | 'capabilities' | 'mounts' | 'passedVariables' | 'environmentFile'
>;

/** A container-structure-test file of schema version 2.0.0. */
export interface ContainerTestFile {
  readonly file: string;
  readonly commandTests: readonly CommandTest[];
  readonly fileExistenceTests: readonly FileExistenceTest[];
  readonly fileContentTests: readonly FileContentTest[];
  readonly metadataTest: MetadataTest | undefined;
  readonly licenseTests: readonly LicenseTest[];
  readonly runOptions: ContainerRunOptions;
  /** Parts of the file that Slipway does not carry out; each is told, none is silently passed. */
  readonly notCarriedOut: readonly string[];
}

/** Reads a container-structure-test file, YAML or JSON. Throws `invalid` when it is none. */
export function parseContainerTests(file: string, text: string): ContainerTestFile {
  let root: unknown;
  try {
    root = parse(text);
  } catch (error) {
    throw new Failure('invalid', `${file} is not valid YAML.`, {
      said: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
      places: [{ file }],
    });
  }
  const tests = asRecord(root);
  if (tests['schemaVersion'] !== '2.0.0') {
    throw new Failure('invalid', `${file} is not a container test file of schema version 2.0.0.`, {
      advice: 'Start it with schemaVersion: 2.0.0.',
      places: [{ file }],
    });
  }
  const shared = pairs(tests['globalEnvVars']);
  const metadata = asRecord(tests['metadataTest']);
  const { known, unknown } = runOptions(asRecord(tests['containerRunOptions']), path.dirname(file));
  return {
    file,
    commandTests: asList(tests['commandTests']).map((test) => commandTest(asRecord(test), shared)),
    fileExistenceTests: asList(tests['fileExistenceTests']).map((test) => fileExistenceTest(asRecord(test))),
    fileContentTests: asList(tests['fileContentTests']).map((item) => {
      const test = asRecord(item);
      return {
        name: asText(test['name']),
        path: asText(test['path']),
        expectedContents: asTexts(test['expectedContents']),
        excludedContents: asTexts(test['excludedContents']),
      };
    }),
    metadataTest: tests['metadataTest'] === undefined ? undefined : metadataTest(metadata),
    licenseTests: asList(tests['licenseTests']).map((item) => {
      const test = asRecord(item);
      return { debian: test['debian'] === true, files: asTexts(test['files']) };
    }),
    runOptions: known,
    notCarriedOut: unknown.map((option) => `containerRunOptions.${option}`),
  };
}

/** The options that are known, with paths as seen from the folder of the test file, and the names of the others. */
function runOptions(
  written: Record<string, unknown>,
  folder: string,
): { known: ContainerRunOptions; unknown: readonly string[] } {
  const { allocateTty, bindMounts, capabilities, envFile, envVars, privileged, user, ...others } = written;
  const known: ContainerRunOptions = {
    isPrivileged: privileged === true,
    hasTerminal: allocateTty === true,
    capabilities: asTexts(capabilities),
    // A name without a slash is a volume of the engine.
    mounts: asTexts(bindMounts).map((mount) =>
      /^\.{1,2}\//.test(mount) ? mount.replace(/^[^:]+/, (from) => path.resolve(folder, from)) : mount,
    ),
    passedVariables: asTexts(envVars),
    ...(user === undefined ? {} : { user: asText(user) }),
    ...(asText(envFile) === '' ? {} : { environmentFile: path.resolve(folder, asText(envFile)) }),
  };
  return { known, unknown: Object.keys(others) };
}

function commandTest(test: Record<string, unknown>, shared: Record<string, string>): CommandTest {
  return {
    name: asText(test['name']),
    setup: asList(test['setup']).map(asTexts),
    teardown: asList(test['teardown']).map(asTexts),
    command: [asText(test['command']), ...asTexts(test['args'])],
    environment: { ...shared, ...pairs(test['envVars']) },
    expectedOutput: asTexts(test['expectedOutput']),
    excludedOutput: asTexts(test['excludedOutput']),
    expectedError: asTexts(test['expectedError']),
    excludedError: asTexts(test['excludedError']),
    exitCode: Number(test['exitCode'] ?? 0),
  };
}

function fileExistenceTest(test: Record<string, unknown>): FileExistenceTest {
  const executable = asText(test['isExecutableBy']);
  return {
    name: asText(test['name']),
    path: asText(test['path']),
    shouldExist: test['shouldExist'] !== false,
    permissions: test['permissions'] ? asText(test['permissions']) : undefined,
    uid: typeof test['uid'] === 'number' ? test['uid'] : undefined,
    gid: typeof test['gid'] === 'number' ? test['gid'] : undefined,
    isExecutableBy: ['owner', 'group', 'other', 'any'].includes(executable)
      ? (executable as 'owner' | 'group' | 'other' | 'any')
      : undefined,
  };
}

function metadataTest(test: Record<string, unknown>): MetadataTest {
  const named = (value: unknown) =>
    asList(value).map((item) => {
      const entry = asRecord(item);
      return { key: asText(entry['key']), value: asText(entry['value']), isRegex: entry['isRegex'] === true };
    });
  return {
    environment: named(test['envVars'] ?? test['env']),
    unboundEnvironment: named(test['unboundEnvVars']).map(({ key }) => key),
    labels: named(test['labels']),
    exposedPorts: asTexts(test['exposedPorts']),
    unexposedPorts: asTexts(test['unexposedPorts']),
    volumes: asTexts(test['volumes']),
    unmountedVolumes: asTexts(test['unmountedVolumes']),
    entrypoint: test['entrypoint'] === undefined ? undefined : asTexts(test['entrypoint']),
    command: test['cmd'] === undefined ? undefined : asTexts(test['cmd']),
    workingFolder: test['workdir'] === undefined ? undefined : asText(test['workdir']),
    user: test['user'] === undefined ? undefined : asText(test['user']),
  };
}

function pairs(value: unknown): Record<string, string> {
  return Object.fromEntries(
    asList(value).map((item) => {
      const entry = asRecord(item);
      return [asText(entry['key']), asText(entry['value'])];
    }),
  );
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asTexts(value: unknown): string[] {
  return asList(value).map(asText);
}

function asText(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
