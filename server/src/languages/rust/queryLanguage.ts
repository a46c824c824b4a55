import { SourceNode } from '../../text/sourceNode.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language } from '../language.ts';

/** A file that `cargo sqlx prepare` writes: what the database said of one query. */
export const SQLX_QUERY = 'application/SqlxQuery';

/** Queries that a build can check without a database. Only that they are there is read. */
export const queryLanguage: Language = {
  id: 'sqlx-query',
  files: /\/\.sqlx\/query-[0-9a-f]+\.json$/,
  claims: () => true,

  parse(source) {
    const root = new SourceNode(source, { kind: 'unknown', start: 0, end: source.text.length });
    return { language: 'sqlx-query', source, problems: [], roots: [root] };
  },

  facts: ({ roots: [root] }) => ({ resources: [applicationFile('SqlxQuery', root!, undefined)] }),
  outline: () => [],
  foldings: () => [],
};
