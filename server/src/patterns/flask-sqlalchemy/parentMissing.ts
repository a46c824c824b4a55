import { ALEMBIC_CONFIGURATION } from '../../languages/python/iniLanguage.ts';
import { ALEMBIC_REVISION, placeIn } from '../../languages/python/pythonLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { revisionFolder } from './revisions.ts';

/** Alembic reads every revision before it runs one: a parent that is not there stops all of them. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/parent-missing',
  severity: 'error',
  profile: 'recommended',
  types: [ALEMBIC_REVISION],
  *check(resource, graph) {
    const { revisions, byId } = revisionFolder(resource, graph);
    // Revisions of one history may lie in several folders.
    const isElsewhere = graph
      .all(ALEMBIC_CONFIGURATION)
      .some(({ root }) => root.entries.some((section) => section.find('version_locations')));
    const own = revisions.find((revision) => revision.resource === resource);
    if (!own || isElsewhere) return;
    for (const parent of own.parents ?? []) {
      const id = String(parent.literal);
      if (byId.has(id) || [...byId.keys()].some((other) => id.length >= 4 && other.startsWith(id))) continue;
      const nearest = nearestName(
        id,
        [...byId.keys()].filter((other) => other !== own.id),
      );
      const at = placeIn(own.file, parent.span);
      yield {
        at,
        message: `Revision ${own.id} follows ${id}, which is not in this folder: no migration runs.`,
        ...(nearest !== undefined && {
          fixes: [
            {
              title: `Follow ${nearest}`,
              safe: false,
              edits: () => [{ uri: resource.uri, span: parent.span, newText: `"${nearest}"` }],
            },
          ],
        }),
      };
    }
  },
});
