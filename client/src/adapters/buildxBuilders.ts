import { Failure } from '../cluster/failure.ts';
import { findBuildx } from './buildx.ts';
import { runProgram } from './childProcess.ts';
import type { EngineSearch } from './engineEndpoint.ts';

/** A builder of buildx beside the engine's own BuildKit. */
export interface BuildxBuilder {
  readonly name: string;
  /** `docker-container`, `kubernetes`, `remote` or `cloud`. */
  readonly driver: string;
  /** Where its nodes are, and what buildx says of each: `tcp://build.example.com:1234, running`. */
  readonly nodes: readonly string[];
  /** What keeps it from answering; empty where nothing does. */
  readonly fault: string;
}

interface BuilderJson {
  readonly Name?: string;
  readonly Driver?: string;
  readonly Err?: string;
  readonly Nodes?: readonly { readonly Endpoint?: string; readonly Status?: string; readonly Err?: string }[];
}

/**
 * The builders of buildx, in its order. Left out is the engine's own BuildKit under the names of docker's contexts: it is
 * what builds without any. None where buildx is not installed, or is older than 0.13 and lists nothing for programs.
 */
export async function buildxBuilders(search: EngineSearch, signal: AbortSignal): Promise<readonly BuildxBuilder[]> {
  const buildx = await findBuildx(search, signal);
  if (!buildx) return [];
  const run = { command: buildx.command, arguments: [...buildx.arguments, 'ls', '--format', 'json'] };
  const { exitCode, stderr, stdout } = await runProgram({ ...run, environment: search.environment }, signal);
  if (exitCode !== 0) {
    if (/unknown flag/.test(stderr)) return [];
    throw new Failure('invalid', 'buildx does not list its builders.', { said: stderr.trim() });
  }
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => builderOf(JSON.parse(line) as BuilderJson));
}

function builderOf({
  Driver: driver = '',
  Err: fault = '',
  Name: name = '',
  Nodes: nodes,
}: BuilderJson): BuildxBuilder[] {
  if (name === '' || driver === '' || driver === 'docker') return [];
  const words = (nodes ?? []).map(({ Endpoint, Status }) => [Endpoint, Status].filter(Boolean).join(', '));
  const faults = [fault, ...(nodes ?? []).map(({ Err = '' }) => Err)].filter((text) => text !== '');
  return [{ name, driver, nodes: words, fault: faults.join('; ') }];
}
