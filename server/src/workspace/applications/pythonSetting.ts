import { PYTHON_SETTINGS, type PythonFile } from '../../languages/python/pythonLanguage.ts';
import type { PythonEntry, PythonValue } from '../../languages/python/pythonValue.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import { environmentOf } from './environment.ts';
import type { EffectiveSetting } from './setting.ts';
import type { RunningSource, SourceFolder } from './sourceFolders.ts';

/** An entry of a module, and the module. */
export interface PythonSettingEntry {
  readonly entry: PythonEntry;
  readonly file: PythonFile;
  readonly resource: Resource;
}

/** The modules of a folder of sources, tests left out. */
export function pythonModules(
  source: SourceFolder,
): readonly { readonly file: PythonFile; readonly resource: Resource }[] {
  return source.files
    .filter(({ type, uri }) => type === PYTHON_SETTINGS && !/\/tests?\//.test(uri.slice(source.folder.length - 1)))
    .map((resource) => ({ resource, file: resource.model as PythonFile }));
}

/** Every place of a folder of sources that gives `name` a value. */
export function pythonEntries(source: SourceFolder, name: string): readonly PythonSettingEntry[] {
  return pythonModules(source).flatMap(({ file, resource }) =>
    file.module.settings.flatMap((entry) => (entry.name === name ? { entry, file, resource } : [])),
  );
}

/**
 * What a value is when the container runs: a literal, or the variable of its environment that the module asks for, with
 * the fallback that the module names. `value` is undefined where only a run can tell.
 */
export function effectiveValue(
  name: string,
  value: PythonValue,
  { file, resource }: Omit<PythonSettingEntry, 'entry'>,
  running: RunningSource,
  graph: ResourceGraph,
): EffectiveSetting {
  const at = { source: file.source, span: value.span };
  const own = (literal: PythonValue['literal'], span = value.span): EffectiveSetting => ({
    value: literal === undefined || literal === null ? undefined : String(literal),
    at: { source: file.source, span },
    resource,
    name,
    overridden: [],
  });
  if (!value.environment) return own(value.literal);
  const { variable, fallback } = value.environment;
  const environment = environmentOf(running, graph);
  const written = environment.variables.get(variable);
  if (written) return { ...written, overridden: [own(fallback?.literal, fallback?.span), ...written.overridden] };
  return environment.open || !fallback
    ? { value: undefined, at, resource, name, overridden: [] }
    : own(fallback.literal, fallback.span);
}

/** The effective value of the only setting of that name; undefined where nothing, or more than one module, sets it. */
export function pythonSetting(
  name: string,
  running: RunningSource,
  graph: ResourceGraph,
): EffectiveSetting | undefined {
  const [entry, ...others] = pythonEntries(running.source, name);
  if (!entry || others.length > 0) return undefined;
  return effectiveValue(name, entry.entry.value, entry, running, graph);
}
