import { GRADLE_BUILD } from '../../../languages/java/gradleLanguage.ts';
import type { JavaBuild, JavaDependency } from '../../../languages/java/javaDependency.ts';
import { MAVEN_PROJECT } from '../../../languages/java/mavenLanguage.ts';
import type { CatalogLibrary, VersionCatalog } from '../../../languages/java/versionCatalog.ts';
import { VERSION_CATALOG } from '../../../languages/java/versionCatalog.ts';
import type { Resource } from '../../resource.ts';
import type { ResourceGraph, Ternary } from '../../resourceGraph.ts';
import type { SourceFolder } from '../sourceFolders.ts';

/** A library of a build, and the file that asks for it. */
export interface UsedLibrary extends JavaDependency {
  readonly resource: Resource;
}

/** What the builds of a folder of sources ask for, test libraries left out. */
export interface JavaLibraries {
  readonly all: readonly UsedLibrary[];
  readonly builds: readonly Resource[];
  /** Something that was not read may ask for more. */
  readonly open: boolean;
}

/** Reads the Maven and Gradle builds of a folder, accessors of version catalogs replaced by what they stand for. */
export function javaLibrariesOf(source: SourceFolder, graph: ResourceGraph): JavaLibraries {
  const builds = source.files.filter(({ type }) => type === MAVEN_PROJECT || type === GRADLE_BUILD);
  let open = builds.length === 0;
  const all = builds.flatMap((resource): UsedLibrary[] => {
    const build = resource.model as JavaBuild;
    open ||= build.open;
    const direct = build.dependencies.map((dependency) => ({ ...dependency, resource }));
    const named = build.catalogUses.flatMap(({ accessor, scope, at }): UsedLibrary[] => {
      const libraries = catalogEntry(accessor, resource, graph);
      if (!libraries) open = true;
      return (libraries ?? []).map((library) => ({ ...library, scope, at, resource }));
    });
    return [...direct, ...named];
  });
  open ||= all.some(({ group, scope }) => scope !== 'test' && !PUBLIC_GROUPS.test(group));
  return { all: all.filter(({ scope }) => scope !== 'test'), builds, open };
}

/** Groups whose libraries bring no driver and no tool for migrations along; one of the user's own, or of a cloud, may. */
const PUBLIC_GROUPS =
  /^(?:org\.springframework(?:\.(?:boot|data|security|kafka|retry|session|cloud))?|org\.springdoc|io\.github\.resilience4j|org\.flywaydb|org\.liquibase|io\.micrometer|io\.opentelemetry(?:\..+)?|io\.prometheus|org\.projectlombok|org\.mapstruct|com\.fasterxml\.jackson(?:\..+)?|jakarta\..+|javax\..+|com\.h2database|org\.hibernate(?:\..+)?|org\.postgresql|com\.mysql|mysql|org\.mariadb(?:\..+)?|com\.zaxxer|org\.apache\.(?:commons|kafka|httpcomponents(?:\..+)?)|commons-.+|com\.google\.guava|net\.logstash\..+|ch\.qos\.logback|org\.slf4j|redis\.clients|io\.lettuce|com\.github\.ben-manes\.caffeine)$/;

function catalogEntry(
  accessor: string,
  { uri }: Resource,
  graph: ResourceGraph,
): readonly CatalogLibrary[] | undefined {
  for (const catalog of graph.all(VERSION_CATALOG)) {
    const folder = catalog.uri.slice(0, catalog.uri.lastIndexOf('/') + 1).replace(/\/gradle\/$/, '/');
    const found = uri.startsWith(folder) ? (catalog.model as VersionCatalog).get(accessor) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The library that a build asks for by `group:artifact`, where `*` at the end stands for anything. */
export function libraryNamed(libraries: JavaLibraries, ...coordinates: readonly string[]): UsedLibrary | undefined {
  return libraries.all.find((library) => {
    const name = `${library.group}:${library.artifact}`;
    return coordinates.some((wanted) =>
      wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted,
    );
  });
}

/** Whether a build asks for one of these libraries; undefined where something that was not read may. */
export function hasLibrary(libraries: JavaLibraries, ...coordinates: readonly string[]): Ternary {
  if (libraryNamed(libraries, ...coordinates)) return true;
  return libraries.open ? undefined : false;
}
