import { Failure } from '../cluster/failure.ts';
import { runProgram } from './childProcess.ts';

/** What git says of a folder. Everything is absent where the folder is no repository or there is no git. */
export interface GitFacts {
  readonly describe?: string;
  readonly commit?: string;
  readonly branch?: string;
}

/** Asks git for what image tags are made of. */
export async function gitFacts(folder: string, signal: AbortSignal): Promise<GitFacts> {
  const ask = async (...words: string[]): Promise<string | undefined> => {
    try {
      const run = { command: 'git', arguments: words, environment: process.env, folder };
      const { exitCode, stdout } = await runProgram(run, signal);
      return exitCode === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
    } catch (error) {
      // Without git there is nothing to say; tags are then made of versions and time.
      if (error instanceof Failure && error.kind === 'tool-missing') return undefined;
      throw error;
    }
  };
  const describe = await ask('describe', '--tags', '--long', '--dirty', '--always');
  const commit = await ask('rev-parse', 'HEAD');
  const branch = await ask('symbolic-ref', '--short', 'HEAD');
  return { ...(describe ? { describe } : {}), ...(commit ? { commit } : {}), ...(branch ? { branch } : {}) };
}
