import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The folder in which things that are dear to fetch or build are kept between runs and between clones:
 * `$XDG_CACHE_HOME/slipway`, or `~/.cache/slipway`. It is the same on every platform, so that documentation can name it.
 * The folder need not exist yet. As the XDG specification asks, a relative `XDG_CACHE_HOME` is ignored.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment['XDG_CACHE_HOME'];
  return join(base && isAbsolute(base) ? base : join(environment['HOME'] || homedir(), '.cache'), 'slipway');
}
