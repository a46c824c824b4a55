import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { throwIfCancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import type { ContainerResult, ContainerRun } from '../delivery/imageEngine.ts';

/** A label by which containers of ours are told from others. */
export const CONTAINER_LABEL = 'io.slipway.container';

/** What a shell gives for a program that is not there. */
const EXIT_CODE_OF_MISSING_PROGRAM = 127;

/**
 * Runs a program in a fresh container, after what prepares it and before what clears up after it. Each runs in a container
 * of its own over the file system that the one before left; all containers and file systems are gone at the end. The
 * variables that the run names are read from `environment` and from its file here, so that their values are in no plan.
 */
export async function runInContainers(
  docker: Docker,
  request: ContainerRun,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<ContainerResult> {
  const variables = await variablesOf(request, environment);
  const temporary: string[] = [];
  let image = request.reference;
  const runOne = async (command: readonly string[], isKept: boolean): Promise<ContainerResult> => {
    const { container, result } = await runOnce(docker, image, command, request, variables, signal);
    try {
      if (!isKept) return result;
      const committed = (await container.commit({})) as { Id: string };
      temporary.push(committed.Id);
      image = committed.Id;
      return result;
    } finally {
      await container.remove({ force: true });
    }
  };
  try {
    for (const command of request.setup ?? []) {
      const result = await runOne(command, true);
      if (result.exitCode !== 0) return result;
    }
    const teardown = request.teardown ?? [];
    const result = await runOne(request.command, teardown.length > 0);
    for (const command of teardown) {
      const cleared = await runOne(command, true);
      if (cleared.exitCode !== 0) return { ...result, failedTeardown: { command, exitCode: cleared.exitCode } };
    }
    return result;
  } finally {
    for (const id of temporary.reverse()) await removeImage(docker, id);
  }
}

/** Removes what was committed; an engine takes the nameless images below away with the last that stood on them. */
async function removeImage(docker: Docker, id: string): Promise<void> {
  try {
    await docker.getImage(id).remove({ force: true });
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  }
}

/** Runs one program; the container is left for the caller to commit and remove, and is removed when this fails. */
async function runOnce(
  docker: Docker,
  image: string,
  command: readonly string[],
  request: ContainerRun,
  variables: readonly string[],
  signal: AbortSignal,
): Promise<{ container: Docker.Container; result: ContainerResult }> {
  throwIfCancelled(signal);
  const [entrypoint = '', ...rest] = command;
  const { capabilities = [], hasTerminal = false, isPrivileged = false, mounts = [], user } = request;
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: [entrypoint],
    Cmd: rest,
    Env: [...variables],
    Labels: { [CONTAINER_LABEL]: 'run' },
    Tty: hasTerminal,
    HostConfig: { Privileged: isPrivileged, CapAdd: [...capabilities], Binds: [...mounts] },
    ...(user === undefined ? {} : { User: user }),
  });
  const stop = (): void => {
    container.kill().catch(() => undefined);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const stream = await container.attach({ stream: true, stdout: true, stderr: true });
    const output = gather();
    const errors = gather();
    // A terminal has one stream for both.
    if (hasTerminal) stream.pipe(output.stream);
    else docker.modem.demuxStream(stream, output.stream, errors.stream);
    const ended = new Promise<void>((resolve) => stream.once('end', resolve).once('close', resolve));
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    await ended;
    throwIfCancelled(signal);
    return { container, result: { exitCode: StatusCode, stdout: output.text(), stderr: errors.text() } };
  } catch (error) {
    const message = (error as { message?: string }).message ?? '';
    if (/executable file not found|no such file or directory/i.test(message)) {
      const stderr = `${entrypoint} is not a program of this image.\n`;
      return { container, result: { exitCode: EXIT_CODE_OF_MISSING_PROGRAM, stdout: '', stderr } };
    }
    await container.remove({ force: true }).catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** `NAME=value` of every variable of a run; what is set last counts. A variable that is passed on and not set is left out. */
async function variablesOf(request: ContainerRun, environment: NodeJS.ProcessEnv): Promise<string[]> {
  const passedOn = (name: string): string[] => {
    const value = environment[name];
    return value === undefined ? [] : [`${name}=${value}`];
  };
  const lines = request.environmentFile === undefined ? [] : await readLines(request.environmentFile);
  return [
    ...lines.flatMap((line) => (line.includes('=') ? [line] : passedOn(line))),
    ...(request.passedVariables ?? []).flatMap(passedOn),
    ...Object.entries(request.environment ?? {}).map(([name, value]) => `${name}=${value}`),
  ];
}

/** The lines of a file of variables as `docker run --env-file` reads them: `NAME=value`, or the name alone. */
async function readLines(file: string): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Failure('invalid', `The file of variables ${file} cannot be read.`, {
      said: error instanceof Error ? error.message : String(error),
    });
  }
  return text
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function gather(): { readonly stream: PassThrough; text(): string } {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk) => {
    chunks.push(chunk as Buffer);
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
