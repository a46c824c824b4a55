import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';

/** A chart on disk. */
export interface ChartFolder {
  /** The path of the folder that holds Chart.yaml. */
  readonly folder: string;
  readonly name: string;
  /** Paths of its values files besides values.yaml. */
  readonly valuesFiles: readonly string[];
}

const VALUES = /(?:^|[-._])values(?:[-._][^/]*)?\.ya?ml$/i;
const DEEPEST = 3;

/** The outermost chart that a file belongs to, for that one is installed; undefined for a file of no chart. */
export async function chartFolderOf(file: string): Promise<ChartFolder | undefined> {
  let found: string | undefined;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'Chart.yaml'))) found = folder;
    else if (found !== undefined && !/[\\/]charts$/.test(folder)) break;
    if (folder === dirname(folder)) break;
  }
  return found === undefined ? undefined : readChartFolder(found);
}

async function readChartFolder(folder: string): Promise<ChartFolder> {
  const valuesFiles = (await filesBelow(folder, DEEPEST))
    .filter((path) => VALUES.test(path))
    .map((path) => relative(folder, path))
    .filter((path) => path !== 'values.yaml' && !/^(?:charts|templates|crds)[\\/]/.test(path))
    .sort()
    .map((path) => join(folder, path));
  return { folder, name: await nameOf(folder), valuesFiles };
}

async function filesBelow(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return [path];
      return entry.isDirectory() && depth > 0 && !entry.name.startsWith('.') ? filesBelow(path, depth - 1) : [];
    }),
  );
  return found.flat();
}

/** What a release of the chart is called here: the chart's name where it can be read, for Helm says what is wrong with it. */
async function nameOf(folder: string): Promise<string> {
  try {
    const chart: unknown = parse(await readFile(join(folder, 'Chart.yaml'), 'utf8'));
    const name = (chart as { name?: unknown } | null)?.name;
    if (typeof name === 'string' && /^[a-z0-9](?:[-a-z0-9]{0,51}[a-z0-9])?$/.test(name)) return name;
  } catch {
    // A Chart.yaml that cannot be read is told by Helm, in its own words.
  }
  return 'release';
}
