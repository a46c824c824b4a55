import { CSHARP_SETUP, type CSharpFile, EF_MIGRATION } from '../../../languages/dotnet/csharpLanguage.ts';
import {
  DOTNET_PROJECT,
  type DotnetPackage,
  type DotnetProjectFile,
} from '../../../languages/dotnet/dotnetProjectLanguage.ts';
import { folderOf } from '../../documentSets.ts';
import type { Resource } from '../../resource.ts';
import type { SourceFolder } from '../sourceFolders.ts';

/** A file of C# with what it belongs to. */
export interface CSharpSource {
  readonly file: CSharpFile;
  readonly resource: Resource;
  /** It sets up the resources of an Aspire AppHost, not the application itself. */
  readonly isAppHost: boolean;
}

/** The files of C# that set up services or an AppHost; tests and migrations left out. */
export function csharpSources(source: SourceFolder): readonly CSharpSource[] {
  const hosts = projectsOf(source)
    .filter(({ file }) => file.isAppHost)
    .map(({ resource }) => folderOf(resource));
  return source.files
    .filter(({ type, uri }) => type === CSHARP_SETUP && !/Tests?\//.test(uri))
    .map((resource) => {
      const file = resource.model as CSharpFile;
      const isHost = file.module.calls.some(({ receiver }) => receiver === 'DistributedApplication');
      return { resource, file, isAppHost: isHost || hosts.some((folder) => resource.uri.startsWith(folder)) };
    });
}

/** The projects of a folder of sources. */
export function projectsOf(
  source: SourceFolder,
): readonly { readonly file: DotnetProjectFile; readonly resource: Resource }[] {
  return source.files
    .filter(({ type }) => type === DOTNET_PROJECT)
    .map((resource) => ({ resource, file: resource.model as DotnetProjectFile }));
}

/** Packages by which an application works on a database, or generates its tables. */
const DATA_PACKAGE = /EntityFrameworkCore|^Dapper$|^Npgsql|SqlClient$|^MySqlConnector/i;

/** The packages of all projects that are about data, AppHost left out. */
export function dataPackages(
  source: SourceFolder,
): readonly { readonly package: DotnetPackage; readonly resource: Resource }[] {
  return projectsOf(source)
    .filter(({ file, resource }) => !file.isAppHost && !/Tests?\.csproj$/.test(resource.uri))
    .flatMap(({ file, resource }) =>
      file.packages.filter(({ name }) => DATA_PACKAGE.test(name)).map((one) => ({ package: one, resource })),
    );
}

/** The classes of EF Core's migrations, in the order of their names. */
export function efMigrations(source: SourceFolder): readonly Resource[] {
  return source.files.filter(({ type }) => type === EF_MIGRATION).sort((a, b) => (a.uri < b.uri ? -1 : 1));
}
