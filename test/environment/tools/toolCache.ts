import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { GoModule } from './goModules.ts';

/** The user's cache folder for what the test environment builds: `$XDG_CACHE_HOME` or `~/.cache`, then `slipway/test-environment`. */
export function toolCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const configured = environment['XDG_CACHE_HOME'];
  const cache = configured === undefined || configured === '' ? join(homedir(), '.cache') : configured;
  return join(cache, 'slipway', 'test-environment');
}

/** Where the programs of a module are kept: a folder per state of its sources, so that nothing stale is ever used. */
export function moduleCacheFolder(module: GoModule, environment: NodeJS.ProcessEnv = process.env): string {
  return join(toolCacheFolder(environment), `${module.name}-${moduleKey(module)}`);
}

/** A hash of go.mod, go.sum, every Go source, the linker's flags and the platform. */
export function moduleKey(module: Pick<GoModule, 'folder' | 'linkerFlags'>): string {
  const hash = createHash('sha256');
  const add = (part: string | Buffer) => hash.update(`${part.length}\n`).update(part);
  add(`${process.platform} ${process.arch}`);
  add(module.linkerFlags);
  const files = readdirSync(module.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(^go\.(mod|sum)|\.go)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    add(relative(module.folder, file).replaceAll(sep, '/'));
    add(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}
