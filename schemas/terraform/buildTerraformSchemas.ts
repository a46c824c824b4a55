import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from '../../scripts/cacheFolder.ts';
import { installOnce } from '../../scripts/installOnce.ts';
import { npm } from '../../scripts/npm.ts';
import { type Report, reportToConsole, step } from '../../scripts/step.ts';
import type { ShippedPackage } from '../../scripts/thirdPartyNotices.ts';
import { type Bindings, emptyBindings, readBindingsCode, readBindingsDeclarations } from './bindings.ts';
import { compileProvider } from './compileProvider.ts';
import { Descriptions } from './descriptions.ts';
import { readPackedFiles } from './packedFiles.ts';
import { type PackageVersion, PROVIDER_SOURCES, type ProviderSource } from './sources.ts';

/** What to build, and where. */
export interface TerraformSchemasOptions {
  readonly root: string;
  /** Where the packages' compiled form is kept for every clone. */
  readonly cache?: string;
  readonly sources?: readonly ProviderSource[];
  /** Fetches a package as a `.tgz` into a folder and gives the file. */
  readonly fetch?: (wanted: PackageVersion, folder: string, signal?: AbortSignal) => Promise<string>;
  readonly report?: Report;
  readonly signal?: AbortSignal;
}

/** Where a build lays the provider schemas, relative to the root. */
export const TERRAFORM_SCHEMAS = 'dist/schemas/terraform';

/**
 * Writes the schemas of Terraform's providers to `dist/schemas/terraform`: for each provider its types, bodies and texts,
 * and the packages that it was made of. The packages are fetched once, 140 MB in all, read as they stream and not kept;
 * what is compiled of them lies in the cache, keyed by the packages and by this builder.
 *
 * A provider that cannot be had is left out and said so: without its schema its resources are neither checked nor
 * completed, and everything else works.
 *
 * @returns one line that says what is there.
 */
export async function buildTerraformSchemas(options: TerraformSchemasOptions): Promise<string> {
  const { root, cache = cacheFolder(), sources = PROVIDER_SOURCES, report = reportToConsole, signal } = options;
  const output = join(root, TERRAFORM_SCHEMAS);
  await mkdir(output, { recursive: true });
  const builder = await builderFingerprint();
  const present: string[] = [];
  const absent: string[] = [];
  const wanted = new Set<string>();
  for (const source of sources) {
    const folder = join(cache, `terraform-${source.name}-${keyOf(source, builder)}`);
    const isFirst = !existsSync(folder);
    try {
      await installOnce(
        folder,
        (unfinished) =>
          step(`Terraform's ${source.name} provider: fetching and reading ${source.bindings.name}`, report, () =>
            compileInto(unfinished, source, options),
          ),
        {
          onWait: () => report(`Another run is reading the ${source.name} provider; waiting for it …`),
          ...(signal ? { signal } : {}),
        },
      );
    } catch (error) {
      if (!(error instanceof NotFetched) || signal?.aborted) throw error;
      report(
        `The schema of the ${source.name} provider is left out, so its resources are not checked: ` +
          `${error.packageName} cannot be fetched (${error.message}).`,
      );
      absent.push(source.name);
      continue;
    }
    if (isFirst) await removeOlder(cache, source.name, folder);
    present.push(source.name);
    for (const file of await readdir(folder)) {
      wanted.add(file);
      await copyWhenDifferent(join(folder, file), join(output, file));
    }
  }
  for (const file of await readdir(output)) if (!wanted.has(file)) await rm(join(output, file));
  const left = absent.length > 0 ? `; left out: ${absent.join(', ')}` : '';
  return `Terraform providers: ${present.join(', ') || 'none'}${left}.`;
}

/** The package could not be had: the network's or the registry's fault, never this builder's. */
class NotFetched extends Error {
  readonly packageName: string;

  constructor(packageName: string, cause: unknown) {
    const words = cause instanceof Error ? cause.message : String(cause);
    // npm says what happened in its lines that begin with `npm error`, after those for programs.
    const said = words
      .split('\n')
      .flatMap((line) => /^npm (?:error|ERR!) (?!code\b|syscall\b|errno\b|A complete log)(.+)/.exec(line)?.[1] ?? []);
    super(said[0] ?? words.split('\n')[0] ?? '', { cause });
    this.packageName = packageName;
  }
}

async function compileInto(folder: string, source: ProviderSource, options: TerraformSchemasOptions): Promise<void> {
  const { fetch = fetchPackage, signal } = options;
  const notices: ShippedPackage[] = [];
  const fetched = async <T>(wanted: PackageVersion, read: (archive: string) => Promise<T>): Promise<T> => {
    let archive: string;
    try {
      archive = await fetch(wanted, folder, signal);
    } catch (error) {
      throw new NotFetched(wanted.name, error);
    }
    const result = await read(archive);
    notices.push(await noticeOf(archive, source));
    await rm(archive);
    return result;
  };
  const descriptions =
    source.texts && (await fetched(source.texts, (archive) => Descriptions.read(archive, source.name, signal)));
  const folders = await fetched(source.bindings, (archive) => readBindings(archive, signal));
  const { provider, bodies, texts } = compileProvider(source, folders.values(), descriptions);
  await writeFile(join(folder, `${source.name}.json`), JSON.stringify(provider));
  await writeFile(join(folder, `${source.name}.bodies.jsonl`), bodies.join('\n'));
  await writeFile(join(folder, `${source.name}.texts.json`), JSON.stringify(texts));
  await writeFile(join(folder, `${source.name}.packages.json`), JSON.stringify(notices));
}

/** The facts of each resource's folder. Large resources are spread over several files. */
async function readBindings(archive: string, signal: AbortSignal | undefined): Promise<Map<string, Bindings>> {
  const folders = new Map<string, Bindings>();
  await readPackedFiles(
    archive,
    (path) => /^lib\/[^/]+\/(?:.*\/)?\w+(?:\.d\.ts|\.js)$/.test(path),
    ({ path, text }) => {
      const [, folder] = path.split('/');
      const bindings = folders.get(folder!) ?? emptyBindings();
      folders.set(folder!, bindings);
      if (path.endsWith('.js')) readBindingsCode(text, bindings);
      else readBindingsDeclarations(text, bindings);
    },
    signal,
  );
  return folders;
}

async function fetchPackage({ name, version }: PackageVersion, folder: string, signal?: AbortSignal): Promise<string> {
  const before = new Set(await readdir(folder));
  // Without a network the build goes on, so it does not wait for one.
  const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=2000'];
  await npm(['pack', `${name}@${version}`, '--loglevel=error', '--ignore-scripts', ...patience], folder, signal);
  const packed = (await readdir(folder)).find((file) => file.endsWith('.tgz') && !before.has(file));
  if (packed === undefined) throw new Error(`npm packed nothing for ${name} ${version}.`);
  return join(folder, packed);
}

async function noticeOf(archive: string, source: ProviderSource): Promise<ShippedPackage> {
  let manifest: Record<string, unknown> = {};
  const texts: string[] = [];
  await readPackedFiles(
    archive,
    (path) => path === 'package.json' || /^(?:licen[cs]e|notice|copying)[^/]*$/i.test(path),
    ({ path, text }) => {
      if (path === 'package.json') manifest = JSON.parse(text) as Record<string, unknown>;
      else texts.push(text.trim());
    },
  );
  const repository = manifest['repository'];
  const url = typeof repository === 'object' && repository ? (repository as { url?: unknown }).url : repository;
  return {
    name: String(manifest['name']),
    version: String(manifest['version']),
    licence: String(manifest['license'] ?? ''),
    texts,
    remark: `The schema that Slipway ships for the Terraform provider ${source.source} is generated from it.`,
    ...(typeof url === 'string' ? { sourceCode: url.replace(/^git\+/, '') } : {}),
  };
}

/** Changes when this builder does, so that what an older one compiled is not taken for its work. */
async function builderFingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const shape = join(import.meta.dirname, '../../server/src/schema/terraform/providerBundle.ts');
  const own = (await readdir(import.meta.dirname))
    .filter((file) => file.endsWith('.ts') && file !== 'sources.ts')
    .sort();
  for (const file of [...own.map((name) => join(import.meta.dirname, name)), shape]) hash.update(await readFile(file));
  return hash.digest('hex');
}

function keyOf(source: ProviderSource, builder: string): string {
  return createHash('sha256')
    .update(JSON.stringify([source, builder]))
    .digest('hex')
    .slice(0, 12);
}

/** What an earlier version of the builder or of a package left in the cache. */
async function removeOlder(cache: string, name: string, current: string): Promise<void> {
  for (const entry of await readdir(cache, { withFileTypes: true })) {
    const isOld = entry.isDirectory() && entry.name.startsWith(`terraform-${name}-`) && !entry.name.includes('.');
    if (isOld && join(cache, entry.name) !== current) await rm(join(cache, entry.name), { recursive: true });
  }
}

/** Leaves the time of a current file alone; a reader never sees half of one. */
async function copyWhenDifferent(source: string, target: string): Promise<void> {
  if (existsSync(target) && (await readFile(source)).equals(await readFile(target))) return;
  await copyFile(source, `${target}.unfinished`);
  await rename(`${target}.unfinished`, target);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(await buildTerraformSchemas({ root: join(import.meta.dirname, '../..') }));
}
