import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { CHECKED_MACRO, RUST_SOURCE } from '../../languages/rust/rustSource.ts';
import { defineRule } from '../../rules/contract.ts';
import { hasQueryData, macrosOf, sqlxApplicationOf } from './rustSqlx.ts';

/** The macros ask a database while the crate is compiled, and in the build of an image there is none. */
export const rule = defineRule({
  id: 'rust-sqlx/query-data-missing',
  severity: 'error',
  profile: 'recommended',
  types: [RUST_SOURCE],
  *check(resource, graph) {
    const application = sqlxApplicationOf(resource, graph);
    const file = application?.source.dockerfile?.model as DockerfileFile | undefined;
    if (!application || !file || hasQueryData(application, graph)) return;
    const checked = macrosOf(application).filter(
      ({ macro }) => CHECKED_MACRO.test(macro.name) && !macro.name.endsWith('_unchecked'),
    );
    // Said once, at the first query of the first file.
    const [first] = checked;
    if (first?.resource !== resource) return;
    const build = file.instructions.find(
      ({ keyword, body }) => keyword === 'RUN' && /\bcargo\b[\s\S]*\b(?:build|install)\b/.test(body.text),
    );
    if (!build || /DATABASE_URL|\bprepare\b|cargo-chef/.test(file.source.text)) return;
    yield {
      at: { source: resource.root.source, span: first.macro.span },
      message: `sqlx::${first.macro.name}! asks a database while it is compiled, and the build of the image ${application.source.name} has none: there is no folder .sqlx, which cargo sqlx prepare writes.`,
      related: [{ at: { source: file.source, span: build.headSpan }, message: 'Here the image is built.' }],
    };
  },
});
