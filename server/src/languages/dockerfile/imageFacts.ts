import type { Place } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';
import type { ImageReference } from '../imageReference.ts';
import type { DockerfileFile, DockerfileInstruction } from './dockerfileFile.ts';
import { finalStage, stageSettings } from './stageSettings.ts';
import { VariableScopes } from './variableScope.ts';

/** A port, or a range of ports, that EXPOSE names. */
export interface ExposedPort {
  readonly first: number;
  readonly last: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly at: Place;
}

/** Who the process of a container runs as. */
export interface ImageUser {
  /** As written, variables replaced; undefined when a build argument decides. */
  readonly text: string | undefined;
  /** The part before `:`. */
  readonly name: string | undefined;
  /** The user id, when it is written as a number or is `root`. */
  readonly uid: number | undefined;
  /** `unknown` when a build argument decides. */
  readonly isRoot: boolean | 'unknown';
  readonly at: Place;
}

/** The command that a container starts with. */
export interface EntryProcess {
  /** Program and arguments of the exec form; undefined for the shell form. */
  readonly words: readonly string[] | undefined;
  /** The command line of the shell form: a shell is the first process, and gets the signals. */
  readonly commandLine: string | undefined;
  readonly at: Place;
}

/**
 * What the image of the final stage is, as far as this file tells. Each undefined field is left to the base image, which
 * is not looked into.
 */
export interface ImageFacts {
  /** The image that the chain of stages starts from; `scratch` has none. */
  readonly baseImage: ImageReference | undefined;
  readonly fromScratch: boolean;
  readonly exposedPorts: readonly ExposedPort[];
  /** Every EXPOSE could be read. The base image may still expose more, unless it is `scratch`. */
  readonly exposedPortsRead: boolean;
  readonly user: ImageUser | undefined;
  readonly workdir: { readonly path: string | undefined; readonly at: Place } | undefined;
  readonly healthcheck: { readonly disabled: boolean; readonly at: Place } | undefined;
  readonly entrypoint: EntryProcess | undefined;
  readonly command: EntryProcess | undefined;
  readonly stopSignal: string | undefined;
}

const PORT = /^(\d+)(?:-(\d+))?(?:\/([A-Za-z]+))?$/;
const HIGHEST_PORT = 65_535;

/** Reads the facts of the image that the file builds; undefined for a file without a stage. */
export function imageFacts(file: DockerfileFile): ImageFacts | undefined {
  const stage = finalStage(file);
  if (!stage) return undefined;
  const settings = stageSettings(file, stage);
  const scopes = new VariableScopes(file);
  const place = (span: Span): Place => ({ source: file.source, span });
  const textOf = (instruction: DockerfileInstruction | undefined): string | undefined =>
    instruction?.words[0] && scopes.expand(instruction.words[0], instruction).value;

  const exposedPorts: ExposedPort[] = [];
  let exposedPortsRead = true;
  for (const instruction of settings.expose) {
    for (const word of instruction.words) {
      // One variable may hold several ports.
      const values = scopes.expand(word, instruction).value?.split(/\s+/);
      if (!values) exposedPortsRead = false;
      for (const value of values ?? []) {
        const port = readPort(value, place(word.span));
        if (port) exposedPorts.push(port);
        else exposedPortsRead = false;
      }
    }
  }

  const userText = textOf(settings.user);
  const workdir = settings.workdir;
  const healthcheck = settings.healthcheck;
  return {
    baseImage: settings.root.kind === 'image' ? settings.root.reference : undefined,
    fromScratch: settings.root.kind === 'scratch',
    exposedPorts,
    exposedPortsRead,
    user: settings.user && userOf(userText, place(settings.user.words[0]?.span ?? settings.user.span)),
    workdir: workdir && { path: textOf(workdir), at: place(workdir.words[0]?.span ?? workdir.span) },
    healthcheck: healthcheck && {
      disabled: healthcheck.words[0]?.text.toUpperCase() === 'NONE',
      at: place(healthcheck.headSpan),
    },
    entrypoint: settings.entrypoint && processOf(settings.entrypoint, place),
    command: settings.command && processOf(settings.command, place),
    stopSignal: textOf(settings.stopSignal),
  };
}

function readPort(text: string, at: Place): ExposedPort | undefined {
  const match = PORT.exec(text);
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  const protocol = match[3]?.toLowerCase() ?? 'tcp';
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return undefined;
  return last < first || last > HIGHEST_PORT ? undefined : { first, last, protocol, at };
}

/** Reads `USER` of one instruction; also used where only one stage matters. */
export function userOf(text: string | undefined, at: Place): ImageUser {
  if (text === undefined) return { text, name: undefined, uid: undefined, isRoot: 'unknown', at };
  const name = text.split(':')[0]!.trim();
  const uid = name === 'root' ? 0 : /^\d+$/.test(name) ? Number(name) : undefined;
  return { text, name, uid, isRoot: uid === 0, at };
}

function processOf(instruction: DockerfileInstruction, place: (span: Span) => Place): EntryProcess | undefined {
  const at = place(instruction.headSpan);
  if (instruction.json) {
    const words = instruction.json.items.map((item) => item.value);
    return words.length > 0 ? { words, commandLine: undefined, at } : undefined;
  }
  const commandLine = instruction.body.text.trim();
  return commandLine === '' ? undefined : { words: undefined, commandLine, at };
}
