import { SourceNode } from '../../text/sourceNode.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language } from '../language.ts';
import { changeSetsOfSql, isFormattedSql } from '../liquibase/changelog.ts';

/** A file of SQL in a folder of migrations; its `model` is a `Migration`. */
export const SQL_MIGRATION = 'application/Migration';

/** One step of a database's history, known by the name of its file. */
export interface Migration {
  /** `V1__create_orders.sql`. */
  readonly fileName: string;
  /** URI of the folder, with its trailing slash. */
  readonly folder: string;
}

/**
 * Files of SQL below folders that the tools call by these names. Only what a file is called is read, and that something
 * stands in it: the order of migrations is made of names.
 */
export const migrationLanguage: Language = {
  id: 'migration',
  files: /\/(?:migrations?|changelogs?)\/(?:[^/]+\/)*[^/]+\.sql$/i,
  claims: (_uri, text) => !text.includes('\0'),

  parse(source) {
    const root = new SourceNode(source, { kind: 'unknown', start: 0, end: source.text.length });
    return { language: 'migration', source, problems: [], roots: [root] };
  },

  facts({ roots: [root], source }) {
    const { uri } = source;
    if (isFormattedSql(source.text)) {
      return { resources: [applicationFile('LiquibaseChangelog', root!, changeSetsOfSql(source))] };
    }
    const slash = uri.lastIndexOf('/') + 1;
    const model: Migration = { fileName: decodeURIComponent(uri.slice(slash)), folder: uri.slice(0, slash) };
    return { resources: [applicationFile('Migration', root!, model)] };
  },

  outline: () => [],
  foldings: () => [],
};
