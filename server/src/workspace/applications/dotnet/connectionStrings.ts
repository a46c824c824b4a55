import { APP_SETTINGS, type AppSettingsFile } from '../../../languages/dotnet/appSettingsLanguage.ts';
import { folderOf } from '../../documentSets.ts';
import type { ResourceGraph } from '../../resourceGraph.ts';
import { environmentOf } from '../environment.ts';
import type { EffectiveSetting, WrittenSetting } from '../setting.ts';
import type { RunningSource, SourceFolder } from '../sourceFolders.ts';
import { projectsOf } from './dotnetSources.ts';

const PREFIX = /^(?:ConnectionStrings__|CONNECTIONSTRINGS__)(.+)$/i;

/** The connection strings of an application, by their names in small letters. */
export interface ConnectionStrings {
  readonly byName: ReadonlyMap<string, EffectiveSetting>;
  /** More of them may come from what is not known. */
  readonly open: boolean;
}

/** `appsettings.json`, then that of the environment, then variables: each overrides what came before. */
export function connectionStrings(
  source: SourceFolder,
  running: RunningSource | undefined,
  graph: ResourceGraph,
): ConnectionStrings {
  const environment = running && environmentOf(running, graph);
  const variable = (name: string) => environment?.variables.get(name);
  const chosen = variable('ASPNETCORE_ENVIRONMENT') ?? variable('DOTNET_ENVIRONMENT');
  const stage = (chosen ? chosen.value : 'Production')?.toLowerCase();
  const byName = new Map<string, EffectiveSetting>();
  const set = (key: string, written: WrittenSetting): void => {
    const before = byName.get(key);
    byName.set(key, { ...written, overridden: before ? [before, ...before.overridden] : [] });
  };
  const files = settingsFiles(source);
  for (const wanted of [undefined, stage]) {
    for (const resource of files) {
      const file = resource.model as AppSettingsFile;
      if (file.environment?.toLowerCase() !== wanted) continue;
      for (const entry of resource.root.find('ConnectionStrings')?.entries ?? [])
        set((entry.key ?? '').toLowerCase(), { value: entry.text(), at: entry, resource, name: entry.key ?? '' });
    }
    if (stage === undefined) break;
  }
  for (const [name, setting] of environment?.variables ?? []) {
    const key = PREFIX.exec(name)?.[1];
    if (key !== undefined) set(key.toLowerCase(), setting);
  }
  const isUnread = files.some(({ model }) => (model as AppSettingsFile).problems.length > 0);
  return { byName, open: !environment || environment.open || isUnread || stage === undefined };
}

/** Those of the application itself, not of its AppHost or its tests. */
function settingsFiles(source: SourceFolder): SourceFolder['files'] {
  const hosts = projectsOf(source)
    .filter(({ file, resource }) => file.isAppHost || /Tests?\.csproj$/.test(resource.uri))
    .map(({ resource }) => folderOf(resource));
  return source.files.filter(
    ({ type, uri }) => type === APP_SETTINGS && !hosts.some((folder) => uri.startsWith(folder)),
  );
}
