import type { DockerfileFile, DockerfileInstruction } from '../../languages/dockerfile/dockerfileFile.ts';
import { DOCKERFILE } from '../../languages/dockerfile/dockerfileLanguage.ts';
import { finalStage, stageSettings } from '../../languages/dockerfile/stageSettings.ts';
import { commandUses } from '../../languages/shell/commandUses.ts';
import { parseShell } from '../../languages/shell/parseShell.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import type { RunningSource } from './sourceFolders.ts';

/** One word of a command line. */
export interface StartWord {
  /** Undefined where a shell expands it. */
  readonly text: string | undefined;
  readonly at: Place;
  /** The resource in whose file it stands. */
  readonly resource: Resource;
}

/** A program that a container starts, what only wraps it taken away. */
export interface StartedProgram {
  /** Without its folder; `gunicorn` of `python -m gunicorn`. */
  readonly name: string;
  readonly at: Place;
  readonly resource: Resource;
  readonly arguments: readonly StartWord[];
}

/** Programs that start the one that is named behind them. */
const WRAPPERS = new Set([
  'exec',
  'tini',
  'dumb-init',
  'opentelemetry-instrument',
  'ddtrace-run',
  'newrelic-admin',
  'run-program',
  'poetry',
  'pipenv',
  'uv',
  'pdm',
  'hatch',
  'run',
  'env',
  'nice',
  'su-exec',
  'gosu',
  'setpriv',
]);
const SHELL = /^(?:ba|da|a|z|k)?sh$/;

/**
 * The programs that a container runs, in order: `command` and `args` of the manifest over ENTRYPOINT and CMD of its
 * image. Undefined where neither tells, or a script that is not read here does.
 */
export function startedPrograms({
  workload,
  container,
  source,
}: Pick<RunningSource, 'workload' | 'container' | 'source'>): readonly StartedProgram[] | undefined {
  const { resource } = workload;
  const command = listOf(container, 'command', resource);
  const own = listOf(container, 'args', resource);
  if (command === 'unknown' || own === 'unknown') return undefined;
  const image = imageWords(source.dockerfile);
  const words = command
    ? [...command, ...(own ?? [])]
    : [...(image?.entrypoint ?? []), ...(own ?? image?.command ?? [])];
  if (!command && !image && !own) return undefined;
  const programs = programsOf(words);
  return programs.length === 0 ? undefined : programs;
}

function listOf(container: SourceNode, field: string, resource: Resource): StartWord[] | 'unknown' | undefined {
  const list = container.find(field);
  if (!list) return container.lacks(field) ? undefined : 'unknown';
  if (!list.known) return 'unknown';
  return list.items.map((item) => ({ text: item.text(), at: item, resource }));
}

function imageWords(
  dockerfile: Resource | undefined,
): { readonly entrypoint: readonly StartWord[]; readonly command: readonly StartWord[] } | undefined {
  if (dockerfile?.type !== DOCKERFILE) return undefined;
  const file = dockerfile.model as DockerfileFile;
  const stage = finalStage(file);
  if (!stage) return undefined;
  const { entrypoint, command } = stageSettings(file, stage);
  return { entrypoint: wordsOf(entrypoint, dockerfile), command: wordsOf(command, dockerfile) };
}

/** The words of an exec form; a shell form as the shell that runs it. */
function wordsOf(instruction: DockerfileInstruction | undefined, resource: Resource): StartWord[] {
  if (!instruction) return [];
  const { source } = resource.root;
  if (instruction.json)
    return instruction.json.items.map(({ value, span }) => ({ text: value, at: { source, span }, resource }));
  const at = { source, span: instruction.span };
  return ['sh', '-c', instruction.body.text].map((text) => ({ text, at, resource }));
}

function programsOf(words: readonly StartWord[]): StartedProgram[] {
  const rest = unwrapped(words);
  const [first] = rest;
  if (first?.text === undefined) return [];
  const name = baseName(first.text);
  const script = SHELL.test(name) ? rest.find(({ text }, index) => index > 0 && /^-\w*c$/.test(text ?? '')) : undefined;
  const scriptText = script && rest[rest.indexOf(script) + 1];
  if (scriptText?.text !== undefined) return ofScript(scriptText.text, scriptText);
  return [{ name, at: first.at, resource: first.resource, arguments: rest.slice(1) }];
}

function ofScript(text: string, written: StartWord): StartedProgram[] {
  return commandUses(parseShell(text).script)
    .filter(({ substituted }) => !substituted)
    .flatMap(({ nameWord, arguments: rest }) =>
      programsOf([nameWord, ...rest].map((word) => ({ ...written, text: word.text }))),
    );
}

/** Drops wrappers with their options, assignments, and `python -m`. */
function unwrapped(words: readonly StartWord[]): readonly StartWord[] {
  let index = 0;
  for (; index < words.length; index++) {
    const text = words[index]?.text;
    if (text === undefined) break;
    const name = baseName(text);
    const next = words[index + 1]?.text;
    if (/^python[\d.]*$/.test(name) && next === '-m') index++;
    else if (!WRAPPERS.has(name) && !(index > 0 && /^-|=/.test(text))) break;
  }
  return words.slice(index);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
