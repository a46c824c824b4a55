import { type Migration, SQL_MIGRATION } from '../../languages/sql/migrationLanguage.ts';
import { sourceFolderOf } from '../../workspace/applications/sourceFolders.ts';
import { hasLibrary } from '../../workspace/applications/spring/javaDependencies.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { FLYWAY, springDataApplications } from './springData.ts';

/** What Flyway makes of the name of a file, with the prefixes and separators that it has by default. */
export type FlywayName =
  | { readonly kind: 'versioned'; readonly version: string }
  | { readonly kind: 'undo'; readonly version: string }
  | { readonly kind: 'repeatable' }
  /** A callback such as `afterMigrate.sql`. */
  | { readonly kind: 'callback' }
  | { readonly kind: 'ignored' };

const CALLBACK = /^(?:before|after)[A-Z]\w*(?:__.*)?\.sql$/;

/** Reads a name as Flyway does: `V1_2__text.sql` and `V1.2__text.sql` have one version. */
export function flywayName(fileName: string): FlywayName {
  const versioned =
    /^([VU])(\d+(?:[._]\d+)*)__.*\.sql$/.exec(fileName) ?? /^([VU])(\d+(?:[._]\d+)*)\.sql$/.exec(fileName);
  if (versioned) {
    return { kind: versioned[1] === 'V' ? 'versioned' : 'undo', version: normalVersion(versioned[2]!) };
  }
  if (/^R__.*\.sql$/.test(fileName)) return { kind: 'repeatable' };
  return CALLBACK.test(fileName) ? { kind: 'callback' } : { kind: 'ignored' };
}

/** `01.0` and `1` are one version: leading zeros and zeros at the end do not count. */
function normalVersion(text: string): string {
  const parts = text.split(/[._]/).map((part) => part.replace(/^0+(?=\d)/, ''));
  while (parts.length > 1 && parts.at(-1) === '0') parts.pop();
  return parts.join('.');
}

/**
 * The files of SQL that Flyway looks for in the place of `resource`; undefined where Flyway is not certainly used or its
 * names and places are set otherwise.
 */
export function flywayMigrations(resource: Resource, graph: ResourceGraph): readonly Resource[] | undefined {
  const source = sourceFolderOf(resource, graph);
  const root = /^(.*\/db\/migration\/)/.exec((resource.model as Migration).folder)?.[1];
  if (!source || root === undefined || root.includes('/src/test/')) return undefined;
  const applications = springDataApplications(graph).filter(({ settings }) => settings.source === source);
  const uses =
    applications.length > 0 && applications.every(({ libraries }) => hasLibrary(libraries, ...FLYWAY) === true);
  const isPlain = applications.every(({ settings }) => {
    const locations = settings.get('spring.flyway.locations')?.value ?? 'classpath:db/migration';
    const renamed = settings.keysBelow('spring.flyway').some((key) => /prefix|separator|suffix|naming/i.test(key));
    return !renamed && locations === 'classpath:db/migration';
  });
  if (!uses || !isPlain) return undefined;
  return source.files.filter(({ type, uri }) => type === SQL_MIGRATION && uri.startsWith(root));
}
