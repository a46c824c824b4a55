import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { patternIndex, type TestResult } from './patternIndex.ts';
import { snippetSources } from './snippetFiles.ts';
import { testSuites } from './testSuites.ts';

/*
 * `npm test`: checks, builds, prepares the machine and runs every test that it can run.
 *
 *   npm test -- [--only NAME]… [--grep TEXT]
 *
 * NAME is static, build, prepare, unit, protocol, examples, environment, engine, cluster, extension or browser. Ends with
 * one line of counts; exit code 1 when a test or a check failed, or when CI=true and something was skipped.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const testFolder = path.join(root, 'test');
const inCi = process.env['CI'] === 'true';
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, grep: { type: 'string' } } });

interface Counts {
  passes: number;
  failures: number;
  skipped: string[];
  /** How each test ended; suites in an editor do not tell. */
  tests?: TestResult[];
}

const total: Counts = { passes: 0, failures: 0, skipped: [] };
const results: TestResult[] = [];
const failed: string[] = [];

await step('generate', ['--import', 'tsx', 'scripts/generate.ts'], true);
await step('static', ['node_modules/typescript/bin/tsc', '--noEmit']);
await step('static', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--max-diagnostics=40']);
await step('build', ['--import', 'tsx', 'scripts/build.ts'], true);
await step('prepare', ['--import', 'tsx', 'test/environment/prepare.ts']);
for (const { name, files, timeoutMilliseconds } of testSuites(testFolder)) {
  await suite(
    name,
    mochaArguments(
      files.map((file) => `test/${file}`),
      timeoutMilliseconds,
    ),
  );
}
await editorSuite('extension', ['--import', 'tsx', 'test/harness/vscode/runExtensionTests.ts']);
await editorSuite('browser', mochaArguments(['test/browser/**/*.test.ts'], 300_000));

await indexPatterns();

if (total.skipped.length > 0) {
  console.log(`\nSkipped${inCi ? ', which is a failure in CI' : ''}:`);
  for (const title of total.skipped) console.log(`  ${title}`);
}
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
console.log(`\n${total.passes} passed, ${total.failures} failed, ${total.skipped.length} skipped`);
process.exitCode = failed.length > 0 || total.failures > 0 || (inCi && total.skipped.length > 0) ? 1 : 0;

/**
 * Writes what the tests showed of each pattern to `artifacts/docs/patterns/index.md`. After a whole run the table must be
 * full; a part of the tests shows a part of it. A machine without a cluster leaves gaps, which it says as skipped tests.
 */
async function indexPatterns(): Promise<void> {
  if (results.length === 0) return;
  const { CATALOG } = await import('../test/examples/catalog.ts');
  const snippets = snippetSources(path.join(root, 'server/src/patterns'));
  const prefixesOf = (id: string) => snippets.filter(({ pattern }) => pattern === id).map(({ prefix }) => prefix);
  const { gaps, markdown } = patternIndex(CATALOG, prefixesOf, results);
  const file = path.join(root, 'artifacts/docs/patterns/index.md');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, markdown);
  const isWhole = values.only === undefined && values.grep === undefined;
  const isSkipped = results.some(
    ({ path: [suite], state }) => suite === 'the catalog on a real API server' && state === 'skipped',
  );
  const open = isWhole ? gaps.filter((gap) => !(isSkipped && gap.endsWith(': API server'))) : [];
  console.log(
    `\nWrote ${path.relative(root, file)}${open.length > 0 ? `, which is not full: ${open.join(', ')}` : ''}`,
  );
  if (open.length === 0) return;
  failed.push('index of patterns');
  total.failures++;
}

function isWanted(name: string): boolean {
  return values.only === undefined || values.only.includes(name);
}

function mochaArguments(files: readonly string[], timeoutMilliseconds: number): string[] {
  const reporter = ['--reporter', 'test/harness/countingReporter.cjs'];
  const chosen = values.grep === undefined ? [] : ['--grep', values.grep];
  return [
    'node_modules/mocha/bin/mocha.js',
    ...reporter,
    '--timeout',
    String(timeoutMilliseconds),
    ...chosen,
    ...files,
  ];
}

/** Runs one preparation; when it is `needed`, nothing after it makes sense without it. */
async function step(name: string, args: readonly string[], needed = false): Promise<void> {
  if (!needed && !isWanted(name)) return;
  const { exitCode, seconds } = await run(name, args, {});
  if (exitCode === 0) return;
  failed.push(name);
  total.failures++;
  console.log(`${name} failed after ${seconds} s.`);
  if (needed) process.exit(1);
}

/** Runs one process of tests that writes its counts to TEST_COUNTS. Without counts it did not finish, whatever its exit code. */
async function suite(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (!isWanted(name)) return;
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-counts-'));
  const countsFile = path.join(folder, 'counts.json');
  try {
    const { exitCode, seconds } = await run(name, args, {
      TEST_COUNTS: countsFile,
      TEST_RESULTS: countsFile,
      ...environment,
    });
    const counts = existsSync(countsFile) ? (JSON.parse(readFileSync(countsFile, 'utf8')) as Counts) : undefined;
    total.passes += counts?.passes ?? 0;
    total.failures += counts?.failures ?? 0;
    total.skipped.push(...(counts?.skipped ?? []));
    results.push(...(counts?.tests ?? []));
    if (exitCode !== 0 || !counts) failed.push(name);
    // A process that ended badly without a failing test is one failure all the same.
    if ((exitCode !== 0 || !counts) && !counts?.failures) total.failures++;
    console.log(
      `${name}: ${counts ? `${counts.passes} passed, ${counts.failures} failed` : 'did not finish'} in ${seconds} s`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The tests that run in a VS Code need a browser to show it. */
async function editorSuite(name: string, args: readonly string[]): Promise<void> {
  if (!isWanted(name)) return;
  const { describeTiers } = await import('../test/environment/tiers.ts');
  const { available, reason } = (await describeTiers()).browser;
  if (available) {
    await suite(name, args);
  } else {
    console.log(`\n== ${name}: SKIPPED: ${reason}`);
    total.skipped.push(`${name}: ${reason}`);
  }
}

async function run(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ exitCode: number; seconds: number }> {
  console.log(`\n== ${name}: ${args.find((arg) => !arg.startsWith('-') && arg !== 'tsx')}`);
  const startedAt = Date.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } });
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  return { exitCode, seconds: Math.round((Date.now() - startedAt) / 1000) };
}
