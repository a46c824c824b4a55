import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Tests that run in one process, and what they need of the machine. */
export interface TestSuite {
  readonly name: string;
  /** Folders or files below `test/`; the remaining tests are `unit`. */
  readonly parts: readonly string[];
  /** Milliseconds that one test may take unless it says otherwise. */
  readonly timeoutMilliseconds: number;
}

/** Suites that start real programs, in the order in which a failure of an earlier one explains those of a later one. */
const REAL_SUITES: readonly TestSuite[] = [
  { name: 'protocol', parts: ['protocol', 'cli', 'mcp'], timeoutMilliseconds: 60_000 },
  { name: 'sweep', parts: ['sweep'], timeoutMilliseconds: 1_200_000 },
  { name: 'editors', parts: ['editors'], timeoutMilliseconds: 120_000 },
  { name: 'examples', parts: ['examples'], timeoutMilliseconds: 900_000 },
  { name: 'environment', parts: ['environment/smoke.test.ts'], timeoutMilliseconds: 300_000 },
  { name: 'engine', parts: ['docker'], timeoutMilliseconds: 300_000 },
  { name: 'cluster', parts: ['cluster'], timeoutMilliseconds: 300_000 },
];

/** Run inside a VS Code, not by a mocha of their own. */
const EDITOR_PARTS = ['extension', 'browser'];

/** Every suite of mocha tests and its files. A new test file is in one of them wherever it is put. */
export function testSuites(testFolder: string): readonly (TestSuite & { readonly files: readonly string[] })[] {
  const all = testFiles(testFolder).map((file) => path.relative(testFolder, file).split(path.sep).join('/'));
  const isIn = (file: string, parts: readonly string[]) =>
    parts.some((part) => file === part || file.startsWith(`${part}/`));
  const special = [...REAL_SUITES.flatMap(({ parts }) => parts), ...EDITOR_PARTS];
  const unit: TestSuite = { name: 'unit', parts: [], timeoutMilliseconds: 30_000 };
  return [
    { ...unit, files: all.filter((file) => !isIn(file, special)) },
    ...REAL_SUITES.map((suite) => ({ ...suite, files: all.filter((file) => isIn(file, suite.parts)) })),
  ].filter(({ files }) => files.length > 0);
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : testFiles(file);
      return entry.name.endsWith('.test.ts') ? [file] : [];
    });
}
