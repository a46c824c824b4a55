import { GUNICORN_SETTINGS, type PythonFile, settingOf } from '../../languages/python/pythonLanguage.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { CountedSetting } from './databaseClient.ts';
import { environmentOf } from './environment.ts';
import { effectiveValue } from './pythonSetting.ts';
import type { RunningSource } from './sourceFolders.ts';
import { type StartedProgram, type StartWord, startedPrograms } from './startedPrograms.ts';

/** Options by which servers are told how many processes to start. */
const PROCESS_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  gunicorn: ['-w', '--workers'],
  uvicorn: ['--workers'],
  hypercorn: ['-w', '--workers'],
  uwsgi: ['-p', '--processes', '--workers'],
  celery: ['-c', '--concurrency'],
  granian: ['--workers'],
};

/** Processes of one pod that each keep a pool; undefined where it cannot be known. */
export function pythonProcesses(running: RunningSource, graph: ResourceGraph): CountedSetting | undefined {
  const programs = startedPrograms(running);
  const server = programs?.find(({ name }) => name in PROCESS_OPTIONS);
  if (!server) {
    // A module or script that Python runs is one process, unless it says otherwise where nobody looks.
    const isPlain = programs?.length === 1 && /^(?:python[\d.]*|flask)$|^[\w]+\.[\w.]+$/.test(programs[0]!.name);
    return isPlain ? { count: 1, at: undefined, resource: undefined, name: 'processes' } : undefined;
  }
  const option = optionOf(server, PROCESS_OPTIONS[server.name]!);
  if (option) return counted(option.text, option.at, option.resource);
  if (server.name === 'gunicorn') return gunicornWorkers(running, server, graph);
  if (server.name === 'uvicorn') return fromEnvironment('WEB_CONCURRENCY', running, graph);
  return server.name === 'celery' || server.name === 'uwsgi' ? undefined : one();
}

/** Gunicorn takes its arguments over GUNICORN_CMD_ARGS over its file over WEB_CONCURRENCY over 1. */
function gunicornWorkers(
  running: RunningSource,
  server: StartedProgram,
  graph: ResourceGraph,
): CountedSetting | undefined {
  const environment = environmentOf(running, graph);
  const words = environment.variables.get('GUNICORN_CMD_ARGS');
  if (words) {
    const count = /(?:^|\s)(?:-w\s*|--workers[=\s]+)(\d+)/.exec(words.value ?? '')?.[1];
    if (count !== undefined || words.value === undefined) return counted(count, words.at, words.resource);
  }
  const file = gunicornFile(running, server);
  const workers = file && settingOf(file.model, 'workers');
  if (file && workers) {
    const own = { file: file.model, resource: file.resource };
    const setting = effectiveValue('workers', workers.value, own, running, graph);
    return counted(setting.value, setting.at, setting.resource);
  }
  return fromEnvironment('WEB_CONCURRENCY', running, graph);
}

/** The file that `-c` names, or the `gunicorn.conf.py` that gunicorn finds by itself. */
export function gunicornFile(
  { source }: RunningSource,
  server: StartedProgram,
): { readonly model: PythonFile; readonly resource: RunningSource['source']['files'][number] } | undefined {
  const named = optionOf(server, ['-c', '--config'])?.text?.replace(/^.*[/:]/, '') ?? 'gunicorn.conf.py';
  const [resource, ...others] = source.files.filter(
    ({ type, uri }) => type === GUNICORN_SETTINGS && uri.endsWith(`/${named}`),
  );
  return resource && others.length === 0 ? { model: resource.model as PythonFile, resource } : undefined;
}

/** The value of the last of these options, written as one word or two. */
export function optionOf(program: StartedProgram, names: readonly string[]): StartWord | undefined {
  let found: StartWord | undefined;
  program.arguments.forEach((word, index) => {
    const text = word.text ?? '';
    const next = program.arguments[index + 1];
    if (names.includes(text) && next) found = next;
    const name = names.find((candidate) =>
      candidate.startsWith('--') ? text.startsWith(`${candidate}=`) : text.startsWith(candidate) && text !== candidate,
    );
    if (name !== undefined && !text.startsWith('--') === !name.startsWith('--'))
      found = { ...word, text: text.slice(name.length).replace(/^=/, '') };
  });
  return found;
}

function fromEnvironment(name: string, running: RunningSource, graph: ResourceGraph): CountedSetting | undefined {
  const environment = environmentOf(running, graph);
  const written = environment.variables.get(name);
  if (written) return counted(written.value, written.at, written.resource);
  return environment.open ? undefined : one();
}

function one(): CountedSetting {
  return { count: 1, at: undefined, resource: undefined, name: 'workers' };
}

function counted(
  text: string | undefined,
  at: CountedSetting['at'],
  resource: CountedSetting['resource'],
): CountedSetting | undefined {
  return /^\d+$/.test(text ?? '') && Number(text) > 0
    ? { count: Number(text), at, resource, name: 'workers' }
    : undefined;
}
