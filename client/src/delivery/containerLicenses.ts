import type { LicenseTest } from './containerTest.ts';
import type { ImageFiles } from './imageEngine.ts';

/** Where Debian keeps the licences of each package. */
const DEBIAN_LICENSES = '/usr/share/doc';

/** What no licence may speak of, as container-structure-test has it. */
const REFUSED = ['AGPL', 'WTFPL'];

/** Packages that name one of these licences for parts that are not installed. */
const EXCUSED_PACKAGES = new Set(['libgnutls30']);

/** What is wrong with the licences of an image, each file on a line of its own. A package without a licence is wrong, too. */
export async function licenseComplaints(
  files: ImageFiles,
  { debian, files: paths }: LicenseTest,
  signal: AbortSignal,
): Promise<string[]> {
  const complaints = debian ? await debianComplaints(files, signal) : [];
  for (const path of paths) complaints.push(...(await fileComplaints(files, path, signal)));
  return complaints;
}

async function debianComplaints(files: ImageFiles, signal: AbortSignal): Promise<string[]> {
  const isLicense = (name: string): boolean => /^[^/]+\/copyright$/.test(name);
  const found = await files.readFolder(DEBIAN_LICENSES, isLicense, signal);
  if (!found) return [`${DEBIAN_LICENSES} does not exist.`];
  const complaints: string[] = [];
  for (const [name, { type }] of found) {
    if (type !== 'directory' || name.includes('/') || EXCUSED_PACKAGES.has(name)) continue;
    const license = found.get(`${name}/copyright`);
    const path = `${DEBIAN_LICENSES}/${name}/copyright`;
    // A link leads to the licence of another package.
    if (license?.content) complaints.push(...refusals(path, license.content));
    else complaints.push(...(await fileComplaints(files, path, signal)));
  }
  return complaints;
}

async function fileComplaints(files: ImageFiles, path: string, signal: AbortSignal): Promise<string[]> {
  const file = await files.read(path, true, signal);
  return file?.content === undefined ? [`${path} is not a file of the image.`] : refusals(path, file.content);
}

function refusals(path: string, content: Buffer): string[] {
  const text = content.toString('utf8').toUpperCase();
  return REFUSED.filter((license) => text.includes(license)).map((license) => `${path} speaks of ${license}.`);
}
