import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../cluster/failure.ts';
import { buildFailure } from '../delivery/buildFailure.ts';
import { afterBuildLine, type BuildProgress, noBuildProgress } from '../delivery/buildProgress.ts';
import type { BuildRequest, BuiltImage } from '../delivery/buildRequest.ts';
import { runProgram } from './childProcess.ts';
import { dockerConfigFolder, type EngineEndpoint, type EngineSearch } from './engineEndpoint.ts';

/** How buildx is called on this machine. */
export interface BuildxCommand {
  readonly command: string;
  readonly arguments: readonly string[];
}

/** Progress is told at most this often: a large build writes thousands of messages a second. */
const reportIntervalMilliseconds = 100;

/** Finds buildx: as a plugin of the docker client, or as a program of its own. Undefined when there is none. */
export async function findBuildx(search: EngineSearch, signal: AbortSignal): Promise<BuildxCommand | undefined> {
  const pluginFolders = [
    join(dockerConfigFolder(search), 'cli-plugins'),
    '/usr/local/lib/docker/cli-plugins',
    '/usr/local/libexec/docker/cli-plugins',
    '/usr/lib/docker/cli-plugins',
    '/usr/libexec/docker/cli-plugins',
  ];
  const plugins = pluginFolders.map((folder) => join(folder, 'docker-buildx')).filter((file) => existsSync(file));
  const candidates: BuildxCommand[] = [
    { command: 'docker', arguments: ['buildx'] },
    ...[...plugins, 'docker-buildx', 'buildx'].map((command) => ({ command, arguments: [] })),
  ];
  for (const candidate of candidates) {
    try {
      const run = { command: candidate.command, arguments: [...candidate.arguments, 'version'] };
      const { exitCode, stdout } = await runProgram({ ...run, environment: search.environment }, signal);
      if (exitCode === 0 && /buildx/.test(stdout)) return candidate;
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'tool-missing') throw error;
    }
  }
  return undefined;
}

/** Builds by buildx and BuildKit. The engine and the builder are always named, never taken from the ambient choice. */
export async function buildWithBuildx(
  buildx: BuildxCommand,
  endpoint: EngineEndpoint,
  search: EngineSearch,
  request: BuildRequest,
  report: (progress: BuildProgress) => void,
  signal: AbortSignal,
): Promise<BuiltImage> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-build-'));
  const metadataFile = join(folder, 'metadata.json');
  let progress = noBuildProgress;
  let pending: NodeJS.Timeout | undefined;
  const output: string[] = [];
  const takeLine = (line: string): void => {
    const next = afterBuildLine(progress, line);
    if (next === progress) {
      output.push(line);
      return;
    }
    progress = next;
    pending ??= setTimeout(() => {
      pending = undefined;
      report(progress);
    }, reportIntervalMilliseconds);
  };
  try {
    const { exitCode } = await runProgram(
      {
        command: buildx.command,
        arguments: [...buildx.arguments, ...buildArguments(request, metadataFile)],
        environment: environmentFor(endpoint, search, request),
        folder: request.contextFolder,
        onErrorLine: takeLine,
      },
      signal,
    );
    report(progress);
    if (exitCode !== 0) throw await failureOf(request, progress, output);
    const metadata = await readMetadata(metadataFile);
    const digest = metadata['containerimage.digest'];
    const configDigest = metadata['containerimage.config.digest'];
    return {
      reference: request.reference,
      id: request.output === 'engine' ? (configDigest ?? digest ?? '') : '',
      digest: request.output === 'registry' ? digest : undefined,
      cachedSteps: progress.steps.filter(({ state }) => state === 'cached').length,
      steps: progress.steps.length,
    };
  } finally {
    clearTimeout(pending);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The command line of a build. Secret values are never on it: files and variables are only named. */
export function buildArguments(request: BuildRequest, metadataFile: string): string[] {
  const each = (option: string, values: readonly string[] = []): string[] => values.flatMap((value) => [option, value]);
  const pairs = (values: Readonly<Record<string, string>> = {}): string[] =>
    Object.entries(values).map(([name, value]) => `${name}=${value}`);
  return [
    'build',
    '--progress=rawjson',
    `--metadata-file=${metadataFile}`,
    ...each('--builder', request.builder === undefined ? [] : [request.builder]),
    ...each('--file', [request.dockerfile]),
    ...each('--tag', [request.reference, ...(request.moreTags ?? [])]),
    ...each('--target', request.target === undefined ? [] : [request.target]),
    ...each('--build-arg', pairs(request.buildArguments)),
    ...each('--label', pairs(request.labels)),
    ...each(
      '--secret',
      (request.secrets ?? []).map((secret) =>
        'file' in secret
          ? `id=${secret.id},${csvField(`src=${secret.file}`)}`
          : `id=${secret.id},env=${secret.environmentVariable}`,
      ),
    ),
    ...each('--ssh', request.ssh),
    ...each('--platform', request.platforms?.length ? [request.platforms.join(',')] : []),
    ...each('--cache-from', request.cacheFrom),
    ...each('--cache-to', request.cacheTo),
    ...(request.noCache ? ['--no-cache'] : []),
    ...(request.pull ? ['--pull'] : []),
    request.output === 'registry' ? '--push' : '--load',
    request.contextFolder,
  ];
}

/** One field of an option that buildx reads as comma-separated values. */
function csvField(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Without a builder of the person's choice, the engine's own BuildKit is used: its builder has the engine's name. */
function environmentFor(endpoint: EngineEndpoint, search: EngineSearch, request: BuildRequest): NodeJS.ProcessEnv {
  const { DOCKER_CONTEXT: _context, DOCKER_HOST: _host, BUILDX_BUILDER: _builder, ...environment } = search.environment;
  const isContext = !endpoint.name.includes('://') && endpoint.name !== 'default';
  return {
    ...environment,
    ...(isContext ? { DOCKER_CONTEXT: endpoint.name } : { DOCKER_HOST: endpoint.host }),
    ...(request.builder === undefined ? { BUILDX_BUILDER: isContext ? endpoint.name : 'default' } : {}),
  };
}

async function failureOf(request: BuildRequest, progress: BuildProgress, output: readonly string[]): Promise<Failure> {
  const dockerfileText = await readFile(request.dockerfile, 'utf8').catch(() => '');
  const { dockerfile, reference } = request;
  return buildFailure({ dockerfile, dockerfileText, reference, progress, output: output.join('\n') });
}

async function readMetadata(file: string): Promise<Record<string, string | undefined>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, string | undefined>;
  } catch (error) {
    // Old versions of buildx write no metadata for the engine's own builder; the engine is asked instead.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
