import { ALEMBIC_REVISION, placeIn } from '../../languages/python/pythonLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { revisionFolder } from './revisions.ts';

/** Alembic keeps one module for an id and passes over the other. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/revision-twice',
  severity: 'error',
  profile: 'recommended',
  types: [ALEMBIC_REVISION],
  *check(resource, graph) {
    const { revisions, byId } = revisionFolder(resource, graph);
    const own = revisions.find((revision) => revision.resource === resource);
    const others = (own && byId.get(own.id)?.filter((other) => other !== own)) ?? [];
    if (!own || others.length === 0) return;
    yield {
      at: placeIn(own.file, own.idValue.span),
      message: `Revision ${own.id} is written in ${others.length + 1} files: Alembic runs only one of them.`,
      related: others.map((other) => ({ at: placeIn(other.file, other.idValue.span), message: 'The same revision.' })),
    };
  },
});
