import { Failure, type FailurePlace } from '../cluster/failure.ts';
import type { BuildProgress } from './buildProgress.ts';
import { linesOfBaseImage, linesOfBuildStep } from './dockerfileLines.ts';

/** What is known of a build that failed. */
export interface FailedBuild {
  /** The path of the Dockerfile, for the place, and its text. */
  readonly dockerfile: string;
  readonly dockerfileText: string;
  readonly reference: string;
  readonly progress: BuildProgress;
  /** What the builder wrote besides its progress. */
  readonly output: string;
}

/**
 * The failure behind a build that ended badly, with the lines of the Dockerfile that it is about. The builder's own
 * position counts most; without one, the failed step's name leads to its lines.
 */
export function buildFailure(build: FailedBuild): Failure {
  const { output, progress } = build;
  const failed = progress.steps.find(({ state }) => state === 'failed');
  const said = errorLine(output) ?? failed?.error ?? output.trim().split('\n').at(-1) ?? '';
  if (isEngineGone(output)) {
    return new Failure('unreachable', `The engine that builds ${build.reference} does not answer.`, {
      said,
      advice: 'Start the container engine, or choose another docker context.',
    });
  }
  const place = placeOf(build, failed?.name);
  const logTail = failed?.logTail.slice(-5).join('\n') ?? '';
  const where = failed ? ` at ${shorten(failed.name)}` : '';
  return new Failure('build', `Building ${build.reference} failed${where}.`, {
    said: logTail === '' ? said : `${said}\n${logTail}`,
    advice: adviceFor(said),
    places: place ? [place] : [],
  });
}

function placeOf(build: FailedBuild, failedName: string | undefined): FailurePlace | undefined {
  const file = build.dockerfile;
  const excerpt = markedLines(build.output);
  if (excerpt) return { file, ...excerpt };
  const parse = /(?:parse error (?:on )?line|dockerfile line) (\d+)/i.exec(build.output)?.[1];
  if (parse) return { file, line: Number(parse) - 1, endLine: Number(parse) - 1 };
  if (failedName === undefined) return undefined;
  const baseImage = /load metadata for (\S+)/.exec(failedName)?.[1];
  const step = baseImage
    ? linesOfBaseImage(build.dockerfileText, baseImage)
    : linesOfBuildStep(build.dockerfileText, failedName);
  return step && { file, ...step };
}

/** The lines that the builder marks with `>>>` in the excerpt under `Dockerfile:5`. */
function markedLines(output: string): { line: number; endLine: number } | undefined {
  const marked = [...output.matchAll(/^\s*(\d+) \| >>>/gm)].map((match) => Number(match[1]) - 1);
  const first = marked[0];
  const last = marked.at(-1);
  return first === undefined || last === undefined ? undefined : { line: first, endLine: last };
}

function errorLine(output: string): string | undefined {
  const line = output.split('\n').findLast((text) => /^ERROR: /.test(text.trim()));
  return line?.trim().replace(/^ERROR: (?:failed to (?:build|solve): )*/, '');
}

function isEngineGone(output: string): boolean {
  return /cannot connect to the docker daemon|failed to connect to the docker api|error during connect|failed to dial gRPC/i.test(
    output,
  );
}

function adviceFor(said: string): string {
  if (/pull access denied|insufficient_scope|unauthorized/i.test(said)) {
    return 'Log in to the registry of the base image, or correct its name.';
  }
  if (
    /not found|does not exist/i.test(said) &&
    /failed to (?:compute cache key|calculate checksum)|COPY|ADD/i.test(said)
  ) {
    return 'Check the path in the build context and the .dockerignore file.';
  }
  if (/not found|failed to resolve source metadata/i.test(said)) return 'Check the name and the tag of the base image.';
  if (/no space left/i.test(said)) return 'Free disk space of the engine, for example with docker builder prune.';
  if (/exit code/i.test(said)) return 'Read what the command wrote.';
  return '';
}

function shorten(name: string): string {
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}
