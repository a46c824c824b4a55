import { DOCKERIGNORE, type DockerignoreFile, ignoringPattern } from '../../languages/dockerfile/dockerignore.ts';
import { CHECKED_MACRO } from '../../languages/rust/rustSource.ts';
import { defineRule } from '../../rules/contract.ts';
import { hasQueryData, macrosOf, sqlxApplications } from './rustSqlx.ts';

/** What the build context leaves out is not there when the queries are compiled. */
export const rule = defineRule({
  id: 'rust-sqlx/query-data-left-out',
  severity: 'error',
  profile: 'recommended',
  types: [DOCKERIGNORE],
  *check(resource, graph) {
    const folder = resource.uri.slice(0, resource.uri.lastIndexOf('/') + 1);
    const application = sqlxApplications(graph).find(({ source }) => source.folder === folder);
    if (!application?.source.dockerfile || !hasQueryData(application, graph)) return;
    const ignored = ignoringPattern(resource.model as DockerignoreFile, '.sqlx');
    const query = macrosOf(application).find(({ macro }) => CHECKED_MACRO.test(macro.name));
    if (!ignored || !query) return;
    yield {
      at: { source: resource.root.source, span: ignored.span },
      message: `The build of the image ${application.source.name} does not get the folder .sqlx, so its queries cannot be compiled without a database.`,
      related: [
        {
          at: { source: query.resource.root.source, span: query.macro.span },
          message: 'A query that is checked while it is compiled.',
        },
      ],
    };
  },
});
