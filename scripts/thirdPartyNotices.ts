import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One package whose work is shipped. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** Its licence and notice files, as they are. */
  readonly texts: readonly string[];
  /** How its work is used, where that is not plain. */
  readonly remark?: string;
  /** Where its source is to be had. */
  readonly sourceCode?: string;
}

/** Licences that let their work be shipped inside a package under the MIT licence when they are reproduced. */
const ACCEPTED_LICENCES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Licences that ask, besides, to say where the source of the work is. */
const LICENCES_WITH_SOURCE = new Set(['MPL-2.0']);

const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/** The packages' folders that these files belong to, relative to the root; nested ones count for themselves. */
export function packageFolders(files: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const file of files) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file.replaceAll('\\', '/'))?.[0];
    if (folder) folders.add(folder);
  }
  return [...folders].sort();
}

/** Reads what one installed package says of itself. `folder` is relative to `root`. */
export async function readShippedPackage(root: string, folder: string): Promise<ShippedPackage> {
  const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const files = await readdir(join(root, folder), { withFileTypes: true });
  const licenceFiles = files.filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name));
  const texts = await Promise.all(licenceFiles.map((entry) => readFile(join(root, folder, entry.name), 'utf8')));
  return {
    name: String(manifest['name']),
    version: String(manifest['version']),
    licence: licenceExpression(manifest) || licenceOfTexts(texts),
    texts: texts.map((text) => text.trim()),
  };
}

/** The licence of a manifest, in today's form; older packages have a list of objects, any of which may be chosen. */
function licenceExpression(manifest: Record<string, unknown>): string {
  const stated = manifest['license'] ?? manifest['licenses'];
  const names = [stated]
    .flat()
    .map((item) => (typeof item === 'object' && item ? (item as { type?: unknown }).type : item));
  return names.every((name) => typeof name === 'string') ? names.join(' OR ') : '';
}

/** The licence that a package states by its text alone, where the text leaves no doubt. */
function licenceOfTexts(texts: readonly string[]): string {
  const isMit = (text: string): boolean =>
    /^(?:The )?MIT License\b/.test(text) && /Permission is hereby granted, free of charge, to any\s+person/.test(text);
  return texts.some(isMit) ? 'MIT' : '';
}

/** Whether an SPDX expression leaves a choice that may be shipped. */
export function isAcceptedLicence(expression: string): boolean {
  return expression
    .replace(/^\((.*)\)$/, '$1')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => ACCEPTED_LICENCES.has(licence.trim())));
}

/** The notice that goes with the shipped work of others. Throws, by name, where a licence does not allow to ship it. */
export function thirdPartyNotices(packages: readonly ShippedPackage[]): string {
  const refused = packages.filter(
    ({ licence, sourceCode }) => !isAcceptedLicence(licence) && !(sourceCode && LICENCES_WITH_SOURCE.has(licence)),
  );
  if (refused.length) {
    const names = refused.map(({ name, version, licence }) => `${name} ${version} (${licence || 'no licence stated'})`);
    throw new Error(`These packages may not be shipped under their licences: ${names.join(', ')}.`);
  }
  const unique = new Map(packages.map((shipped) => [`${shipped.name}@${shipped.version}`, shipped]));
  const sections = [...unique.values()]
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'))
    .map(({ name, version, licence, texts, remark, sourceCode }) => {
      const quoted = texts.map((text) => fenced(text)).join('\n\n') || 'The package carries no licence text.';
      const words = [remark, sourceCode && `Its source is at <${sourceCode}>.`].filter((part) => part);
      const use = words.map((part) => `${part}\n\n`).join('');
      return `## ${name} ${version}\n\nLicence: ${licence}\n\n${use}${quoted}\n`;
    });
  return `# Third-party notices\n\nSlipway includes work of these projects.\n\n${sections.join('\n')}`;
}

/** A Markdown fence that the text itself cannot close. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.replaceAll('\r\n', '\n')}\n${fence}`;
}
