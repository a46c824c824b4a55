import { Failure } from '../cluster/failure.ts';
import { runProgram } from './childProcess.ts';

/** A git repository on this machine. */
export interface GitRepository {
  readonly root: string;
  /** The addresses that it is fetched from and pushed to. */
  readonly remotes: readonly string[];
  /** Undefined before the first commit. */
  readonly commit: string | undefined;
  /** True when files are not as the commit has them. */
  readonly isDirty: boolean;
}

/** The repository that a folder is in; undefined where it is in none, or there is no git. */
export async function gitRepository(folder: string, signal: AbortSignal): Promise<GitRepository | undefined> {
  const ask = async (...words: string[]): Promise<string | undefined> => {
    try {
      const run = { command: 'git', arguments: words, environment: process.env, folder };
      const { exitCode, stdout } = await runProgram(run, signal);
      return exitCode === 0 ? stdout.trim() : undefined;
    } catch (error) {
      if (error instanceof Failure && error.kind === 'tool-missing') return undefined;
      throw error;
    }
  };
  const root = await ask('rev-parse', '--show-toplevel');
  if (root === undefined || root === '') return undefined;
  const written = (await ask('remote', '-v')) ?? '';
  const remotes = written.split('\n').flatMap((line) => /^\S+\s+(\S+)/.exec(line)?.[1] ?? []);
  const commit = await ask('rev-parse', '--verify', '--quiet', 'HEAD');
  const isDirty = ((await ask('status', '--porcelain')) ?? '') !== '';
  return { root, remotes: [...new Set(remotes)], commit: commit || undefined, isDirty };
}

/**
 * True when two addresses mean the same repository: by HTTPS or SSH, in the form of a URL or of `scp`, with or without a
 * user, a port and `.git`.
 */
export function isSameRepository(one: string, other: string): boolean {
  const [first, second] = [placeOf(one), placeOf(other)];
  return first !== '' && first === second;
}

/** `github.com/shop/deploy`. */
function placeOf(address: string): string {
  const url = /^[a-z][a-z+]*:\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/+(.*)$/i.exec(address.trim());
  const scp = url ? null : /^(?:[^/@:]+@)?([^/:]+):(?!\/\/)\/*(.*)$/.exec(address.trim());
  const [, host = '', path = ''] = url ?? scp ?? [];
  const name = path.replace(/\/+$/, '').replace(/\.git$/, '');
  return host === '' || name === '' ? '' : `${host}/${name}`.toLowerCase();
}
