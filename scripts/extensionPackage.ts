import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SCHEMA_PACKAGES } from '../schemas/sources.ts';
import { TERRAFORM_SCHEMAS } from '../schemas/terraform/buildTerraformSchemas.ts';
import { BUNDLES } from './bundles.ts';
import { fingerprint } from './fingerprint.ts';
import { makeWhenStale } from './freshness.ts';
import { type Manifest, packagedManifest } from './packagedManifest.ts';
import { type BundleContents, buildProject, contentsFile } from './projectBuild.ts';
import { shippedFiles } from './shippedFiles.ts';
import { type Report, reportToConsole, step } from './step.ts';
import { packageFolders, readShippedPackage, type ShippedPackage, thirdPartyNotices } from './thirdPartyNotices.ts';

/** What to package. */
export interface ExtensionPackageOptions {
  /** The folder that holds package.json. */
  readonly root: string;
  readonly report?: Report;
}

/**
 * Builds the .vsix and gives its path. It holds what {@link shippedFiles} names, the shipped bundles without source maps,
 * a manifest without the development's part, and the notices of other people's work in it. All of it is laid out in a
 * folder of its own first, so nothing that merely lies in the project can slip in.
 */
export async function packageExtension(options: ExtensionPackageOptions): Promise<string> {
  const { report = reportToConsole } = options;
  const root = resolve(options.root);
  const bundles = BUNDLES.filter(({ shipped }) => shipped);
  const production = join(root, 'dist', 'production');
  await buildProject({ root, outputFolder: production, production: true, bundles, report });
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
  const vsixFile = join(root, 'dist', `${manifest.name}-${manifest.version}.vsix`);
  const stage = await mkdtemp(join(root, 'dist', 'stage-'));
  try {
    const bundled = bundles.map(({ output }) => ({ source: join(production, output), target: `dist/${output}` }));
    const copied = (await shippedFiles(root, manifest)).map((file) => ({ source: join(root, file), target: file }));
    for (const { source, target } of [...bundled, ...copied]) await copyInto(stage, source, target);
    await writeFile(join(stage, 'package.json'), `${JSON.stringify(packagedManifest(manifest), null, 2)}\n`);
    await writeFile(
      join(stage, 'THIRD_PARTY_NOTICES.md'),
      await notices(
        root,
        bundled.map(({ source }) => source),
      ),
    );
    const made = await makeWhenStale(`${vsixFile}.stamp`, await fingerprint(stage, ['.']), vsixFile, () =>
      step('Packaging the extension', report, () => zip(stage, vsixFile)),
    );
    if (!made) report('The package is current.');
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  return vsixFile;
}

async function copyInto(stage: string, source: string, target: string): Promise<void> {
  await mkdir(dirname(join(stage, target)), { recursive: true });
  try {
    await copyFile(source, join(stage, target));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`The package needs ${target}, which does not exist (${source}).`);
  }
}

/** Whose work is in the bundles, and of whose work the schemas are made. */
async function notices(root: string, bundleFiles: readonly string[]): Promise<string> {
  const inputs = await Promise.all(bundleFiles.map(bundleInputs));
  const bundled = packageFolders(inputs.flat()).map((folder) => ({ folder, remark: undefined }));
  const schemas = SCHEMA_PACKAGES.map(({ name, upstream }) => ({
    folder: `node_modules/${name}`,
    remark: `The schemas that Slipway ships for ${upstream} are generated from it.`,
  }));
  const packages = [...bundled, ...schemas].map(async ({ folder, remark }) => ({
    ...(await readShippedPackage(root, folder)),
    ...(remark ? { remark } : {}),
  }));
  return thirdPartyNotices([...(await Promise.all(packages)), ...(await terraformPackages(root))]);
}

/** The packages of the provider schemas, which are read as they are fetched and never installed. */
async function terraformPackages(root: string): Promise<ShippedPackage[]> {
  const folder = join(root, TERRAFORM_SCHEMAS);
  const lists = (await readdir(folder)).filter((file) => file.endsWith('.packages.json'));
  const packages = lists.map(
    async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as ShippedPackage[],
  );
  return (await Promise.all(packages)).flat();
}

async function bundleInputs(bundleFile: string): Promise<readonly string[]> {
  return (JSON.parse(await readFile(contentsFile(bundleFile), 'utf8')) as BundleContents).inputs;
}

/** Zips beside the target first: whoever reads the .vsix sees a whole one. vsce's own words are shown when it fails. */
async function zip(stage: string, vsixFile: string): Promise<void> {
  const unfinished = `${stage}.vsix`;
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  const parameters = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  try {
    await promisify(execFile)(process.execPath, [vsce, ...parameters, '--out', unfinished], { cwd: stage });
    await rename(unfinished, vsixFile);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`vsce could not package the extension:\n${stdout}${stderr}`, { cause: error });
  } finally {
    await rm(unfinished, { force: true });
  }
}
