import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildContext, type BuildResult, build, context, type Message, type Metafile } from 'esbuild';
import { buildSchemas } from '../schemas/build.ts';
import { buildTerraformSchemas } from '../schemas/terraform/buildTerraformSchemas.ts';
import { BUNDLE_SOURCES, BUNDLES, type Bundle, bundleOptions } from './bundles.ts';
import { fingerprint } from './fingerprint.ts';
import { makeWhenStale } from './freshness.ts';
import { generateRegistry } from './generate.ts';
import { type Report, reportToConsole, step } from './step.ts';

/** What to build and where to. */
export interface ProjectBuildOptions {
  /** The folder that holds package.json. */
  readonly root: string;
  /** Where the bundles go; `dist` of the root unless given. */
  readonly outputFolder?: string;
  readonly production?: boolean;
  readonly bundles?: readonly Bundle[];
  /** Writes what the bundles need and git does not keep, where it is not current, and says what it did. */
  readonly generate?: (root: string, report: Report) => string | Promise<string>;
  readonly report?: Report;
}

/** The registry of patterns, which the language server is bundled with, and the schemas, which it reads. */
async function generateSources(root: string, report: Report): Promise<string> {
  generateRegistry();
  return `${buildSchemas(root)}\n${await buildTerraformSchemas({ root, report })}`;
}

/**
 * Builds what is not current: what is generated, then each bundle. What has no source is left out and said so. Beside each
 * bundle `FILE.meta.json` lists what it was made of, for the notices of the package.
 */
export async function buildProject(options: ProjectBuildOptions): Promise<void> {
  const { root, report = reportToConsole, generate = generateSources } = options;
  report(await generate(root, report));
  const inputs = await bundleInputs(root, options.production ?? false);
  for (const bundle of presentBundles(options)) {
    const file = outputFile(options, bundle);
    const made = await makeWhenStale(`${file}.stamp`, inputs, file, async () => {
      await step(`Bundling the ${bundle.name}`, report, () => makeBundle(options, bundle, file));
    });
    if (!made) report(`The ${bundle.name} is current.`);
  }
}

/** Builds every bundle, and again whenever a source changes, until `stop` is called. */
export async function watchProject(options: ProjectBuildOptions): Promise<{ stop(): Promise<void> }> {
  const { root, production = false, report = reportToConsole, generate = generateSources } = options;
  report(await generate(root, report));
  const contexts: BuildContext[] = [];
  for (const bundle of presentBundles(options)) {
    const file = outputFile(options, bundle);
    const watching = await context({
      ...bundleOptions(bundle, root, file, production),
      logLevel: 'warning',
      plugins: [
        {
          name: 'report',
          setup: ({ onEnd }) => {
            onEnd(async ({ errors }) => {
              report(`The ${bundle.name}: ${errors.length ? `${errors.length} errors` : 'built'}`);
              if (!errors.length && bundle.executable) await chmod(file, 0o755);
            });
          },
        },
      ],
    });
    await watching.watch();
    contexts.push(watching);
  }
  return { stop: async () => void (await Promise.all(contexts.map((watching) => watching.dispose()))) };
}

/** The files that one finished bundle was made of, relative to the root. */
export interface BundleContents {
  readonly inputs: readonly string[];
}

/** Where the contents of the bundle `file` are listed. */
export function contentsFile(file: string): string {
  return `${file}.meta.json`;
}

function presentBundles({ root, bundles = BUNDLES, report = reportToConsole }: ProjectBuildOptions): Bundle[] {
  return bundles.filter((bundle) => {
    const present = existsSync(join(root, bundle.entry));
    if (!present) report(`The ${bundle.name} is left out: there is no ${bundle.entry}.`);
    return present;
  });
}

function outputFile({ root, outputFolder = join(root, 'dist') }: ProjectBuildOptions, bundle: Bundle): string {
  return join(outputFolder, bundle.output);
}

/** Everything that a bundle depends on: the sources, the packages' versions, and the way it is built. */
function bundleInputs(root: string, production: boolean): Promise<string> {
  return fingerprint(
    root,
    [...BUNDLE_SOURCES, 'package.json', 'package-lock.json', 'tsconfig.json', 'scripts/bundles.ts'],
    [production ? 'production' : 'development'],
  );
}

async function makeBundle(options: ProjectBuildOptions, bundle: Bundle, file: string): Promise<void> {
  let result: BuildResult;
  try {
    result = await build(bundleOptions(bundle, options.root, file, options.production ?? false));
  } catch (error) {
    const messages = (error as { errors?: Message[] }).errors;
    if (!messages) throw error;
    throw new Error(`The ${bundle.name} does not build:\n${messages.map(describe).join('\n')}`);
  }
  for (const warning of result.warnings) (options.report ?? reportToConsole)(`  warning: ${describe(warning)}`);
  if (bundle.executable) await chmod(file, 0o755);
  const contents: BundleContents = { inputs: inputsOf(result.metafile) };
  await writeFile(contentsFile(file), JSON.stringify(contents));
}

/** What is really in the output: esbuild also lists what it read and then left out. */
function inputsOf(metafile: Metafile | undefined): string[] {
  const used = Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
  return [...new Set(used)].sort();
}

function describe({ text, location }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}
