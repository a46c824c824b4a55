import { ALEMBIC_REVISION, placeIn } from '../../languages/python/pythonLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { revisionFolder } from './revisions.ts';

/** Two branches of work that were merged, each with a revision of its own: `upgrade head` does not know where to go. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/several-heads',
  severity: 'error',
  profile: 'recommended',
  types: [ALEMBIC_REVISION],
  *check(resource, graph) {
    const { heads, revisions } = revisionFolder(resource, graph);
    const own = heads?.find((head) => head.resource === resource);
    if (!heads || !own || heads.length < 2 || revisions.some(({ isBranch }) => isBranch)) return;
    const others = heads.filter((head) => head !== own && head.id !== own.id);
    if (others.length === 0) return;
    yield {
      at: placeIn(own.file, own.idValue.span),
      message: `Nothing follows revision ${own.id}, nor ${others.map(({ id }) => id).join(', ')}: \`upgrade head\` stops, because there are ${others.length + 1} heads.`,
      related: others.map((head) => ({
        at: placeIn(head.file, head.idValue.span),
        message: `Revision ${head.id} is a head, too.`,
      })),
    };
  },
});
