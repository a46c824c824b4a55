import { readFile } from 'node:fs/promises';
import type Docker from 'dockerode';
import { Failure } from '../cluster/failure.ts';
import type { BuildProgress, BuildStep } from '../delivery/buildProgress.ts';
import type { BuildRequest, BuiltImage } from '../delivery/buildRequest.ts';
import { linesOfClassicStep } from '../delivery/dockerfileLines.ts';
import { buildContext } from './buildContext.ts';

/** What is said when a build has to do without buildx. */
export const classicBuildNotice =
  'docker buildx is not installed, so the engine’s classic builder is used: without BuildKit’s secrets, mounts, heredocs and parallel stages. See docs.docker.com/go/buildx for how to install it.';

interface ClassicMessage {
  readonly stream?: string;
  readonly error?: string;
  readonly aux?: { readonly ID?: string };
}

/** Builds with the engine's classic builder. Throws `unsupported` for what only BuildKit can do. */
export async function classicBuild(
  docker: Docker,
  request: BuildRequest,
  report: (progress: BuildProgress) => void,
  signal: AbortSignal,
): Promise<BuiltImage> {
  refuseWhatNeedsBuildKit(request);
  const context = await buildContext(request.contextFolder, request.dockerfile);
  const options = {
    t: [request.reference, ...(request.moreTags ?? [])],
    dockerfile: context.dockerfile,
    ...(request.target === undefined ? {} : { target: request.target }),
    buildargs: { ...request.buildArguments },
    labels: { ...request.labels },
    nocache: request.noCache ?? false,
    ...(request.pull ? { pull: 'true' } : {}),
    ...(request.cacheFrom?.length ? { cachefrom: JSON.stringify(request.cacheFrom) } : {}),
    ...(request.platforms?.[0] === undefined ? {} : { platform: request.platforms[0] }),
    abortSignal: signal,
  };
  // The engine takes several tags, which the library's types do not know.
  const stream = await docker.buildImage(context.stream, options as unknown as Docker.ImageBuildOptions);
  const steps: BuildStep[] = [];
  let id = '';
  let problem: string | undefined;
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error) => (error ? reject(error) : resolve()),
      (message: ClassicMessage) => {
        id = message.aux?.ID ?? id;
        problem = message.error ?? problem;
        takeOutput(steps, message.stream ?? '');
        report({ steps: [...steps], warnings: [] });
      },
    );
  });
  endLastStep(steps, problem === undefined ? 'done' : 'failed');
  report({ steps: [...steps], warnings: [] });
  if (problem !== undefined) throw await failureOf(request, steps, problem);
  const cachedSteps = steps.filter(({ state }) => state === 'cached').length;
  return { reference: request.reference, id, digest: undefined, cachedSteps, steps: steps.length };
}

function refuseWhatNeedsBuildKit(request: BuildRequest): void {
  const needs = [
    ...(request.secrets?.length ? ['build secrets'] : []),
    ...(request.ssh?.length ? ['SSH forwarding'] : []),
    ...(request.builder === undefined ? [] : [`builder ${request.builder}`]),
    ...(request.cacheTo?.length ? ['a cache export'] : []),
    ...((request.platforms?.length ?? 0) > 1 ? ['several platforms'] : []),
    ...(request.output === 'registry' ? ['building into the registry'] : []),
  ];
  if (needs.length === 0) return;
  throw new Failure('tool-missing', `Building ${request.reference} needs docker buildx for ${needs.join(', ')}.`, {
    advice: 'Install docker buildx: docs.docker.com/go/buildx.',
  });
}

function takeOutput(steps: BuildStep[], text: string): void {
  const heading = /^Step (\d+)\/\d+ : (.+)$/m.exec(text);
  if (heading) {
    endLastStep(steps, 'done');
    steps.push({
      id: heading[1] ?? '',
      name: heading[2] ?? '',
      state: 'running',
      startedAtMilliseconds: Date.now(),
      durationMilliseconds: undefined,
      error: undefined,
      logTail: [],
      transfers: [],
    });
    return;
  }
  const last = steps.at(-1);
  if (!last || text.trim() === '') return;
  const isCacheHit = text.includes('---> Using cache');
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  steps[steps.length - 1] = {
    ...last,
    state: isCacheHit ? 'cached' : last.state,
    logTail: [...last.logTail, ...lines].slice(-50),
  };
}

function endLastStep(steps: BuildStep[], state: 'done' | 'failed'): void {
  const last = steps.at(-1);
  if (!last) return;
  const durationMilliseconds = Date.now() - (last.startedAtMilliseconds ?? Date.now());
  const ended = last.state === 'cached' && state === 'done' ? 'cached' : state;
  steps[steps.length - 1] = { ...last, state: ended, durationMilliseconds };
}

async function failureOf(request: BuildRequest, steps: readonly BuildStep[], said: string): Promise<Failure> {
  const text = await readFile(request.dockerfile, 'utf8').catch(() => '');
  const last = steps.at(-1);
  const parseLine = /parse error (?:on )?line (\d+)/i.exec(said)?.[1];
  const lines = parseLine
    ? { line: Number(parseLine) - 1, endLine: Number(parseLine) - 1 }
    : last && linesOfClassicStep(text, Number(last.id));
  return new Failure('build', `Building ${request.reference} failed${last ? ` at ${last.name}` : ''}.`, {
    said: [said.trim(), ...(last?.logTail.slice(-5) ?? [])].join('\n'),
    advice: 'Read what the command wrote.',
    places: lines ? [{ file: request.dockerfile, ...lines }] : [],
  });
}
