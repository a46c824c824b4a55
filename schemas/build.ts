import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BundledPackage } from '../server/src/schema/schemaBundle.ts';
import { compileBundle, type Definition, type ResourceModel } from './compileBundle.ts';
import { readDeclarations } from './readDeclaration.ts';
import { readValidator } from './readValidator.ts';
import { SCHEMA_PACKAGES } from './sources.ts';

const ROOT = dirname(import.meta.dirname);

/**
 * Writes the schema bundle to `dist/schemas/`: `schemas.json` (structure), `texts.json` (documentation) and `stamp`.
 * Does nothing when the stamp says that the packages and this builder are those of the last run.
 *
 * @returns one line that says what was done.
 * @throws Error when a package is missing or has a shape that the readers do not know.
 */
export function buildSchemas(root: string = ROOT): string {
  const started = performance.now();
  const output = join(root, 'dist', 'schemas');
  const packages = installedPackages(root);
  const stamp = stampOf(packages);
  const stampFile = join(output, 'stamp');
  const complete = ['schemas.json', 'texts.json', 'stamp'].every((file) => existsSync(join(output, file)));
  if (complete && readFileSync(stampFile, 'utf8') === stamp) return 'Schemas: up to date.';

  const definitions = new Map<string, Definition>();
  const models: ResourceModel[] = [];
  for (const [index, { name }] of packages.entries()) {
    readPackage(join(root, 'node_modules', name), index, definitions, models);
  }
  const { bundle, texts } = compileBundle(packages, definitions, models);

  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'schemas.json'), JSON.stringify(bundle));
  writeFileSync(join(output, 'texts.json'), JSON.stringify(texts));
  writeFileSync(stampFile, stamp);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const counts = [
    `${bundle.kinds.length} kinds`,
    `${bundle.schemas.length} schemas`,
    `${texts.length} texts`,
    `${packages.length} packages`,
  ];
  return `Schemas: ${counts.join(', ')} in ${seconds} s.`;
}

function installedPackages(root: string): BundledPackage[] {
  return SCHEMA_PACKAGES.map(({ name, upstream, builtIn }) => {
    const file = join(root, 'node_modules', name, 'package.json');
    if (!existsSync(file)) throw new Error(`The package ${name} is not installed; run npm ci first.`);
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    return { name, version, upstream, ...(builtIn && { builtIn }) };
  });
}

function stampOf(packages: readonly BundledPackage[]): string {
  const hash = createHash('sha256').update(JSON.stringify(packages));
  for (const file of readdirSync(import.meta.dirname).toSorted()) {
    if (file.endsWith('.ts')) hash.update(readFileSync(join(import.meta.dirname, file)));
  }
  return hash.digest('hex');
}

function readPackage(
  folder: string,
  index: number,
  definitions: Map<string, Definition>,
  models: ResourceModel[],
): void {
  const declarations = new Map<string, { text: string; declared: Definition['declared'] }>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts') || file.endsWith('index.d.ts') || file.startsWith('_schemas')) continue;
    const source = readFileSync(join(folder, file), 'utf8');
    const model = readFileSync(join(folder, file.replace(/\.d\.ts$/, '.js')), 'utf8');
    const alias = /^export type \{ \w+ as I(\w+)/m.exec(source)?.[1];
    const definition = alias ?? /_schemas\/(\w+)/.exec(model)?.[1];
    if (definition === undefined) throw new Error(`${join(folder, file)} names no schema.`);
    declarations.set(definition, joinDeclarations(source, join(folder, file)));
    const apiVersion = /static\{this\.apiVersion="([^"]+)"\}/.exec(model)?.[1];
    const kind = /static\{this\.kind="([^"]+)"\}/.exec(model)?.[1];
    // A model that is embedded in others has the name of its type for a kind; no API serves it.
    if (apiVersion && kind && !kind.startsWith('Embedded')) {
      models.push({ apiVersion, kind, definition, package: index });
    }
  }
  const schemas = join(folder, '_schemas');
  for (const file of readdirSync(schemas)) {
    if (!file.endsWith('.js')) continue;
    const name = file.slice(0, -'.js'.length);
    if (definitions.has(name)) throw new Error(`Two packages define ${name}.`);
    const { text, declared } = declarations.get(name) ?? { text: '', declared: undefined };
    definitions.set(name, { schema: readValidator(readFileSync(join(schemas, file), 'utf8')), text, declared });
  }
}

/** The main declaration of a file; interfaces that it extends stand in other files and are joined by the validators. */
function joinDeclarations(source: string, file: string): { text: string; declared: Definition['declared'] } {
  const [main] = readDeclarations(source);
  if (!main) throw new Error(`${file} declares nothing.`);
  return { text: main.text, declared: main.type };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(buildSchemas());
