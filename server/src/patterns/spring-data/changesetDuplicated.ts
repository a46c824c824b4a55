import { type ChangeSet, LIQUIBASE_CHANGELOG } from '../../languages/liquibase/changelog.ts';
import { defineRule } from '../../rules/contract.ts';

/** Liquibase knows a change by id, author and file: it refuses two of them, and the application does not start. */
export const rule = defineRule({
  id: 'spring-data/changeset-duplicated',
  severity: 'error',
  profile: 'recommended',
  types: [LIQUIBASE_CHANGELOG],
  *check(resource) {
    const { source } = resource.root;
    const first = new Map<string, ChangeSet>();
    for (const change of resource.model as readonly ChangeSet[]) {
      const identity = JSON.stringify([change.id, change.author]);
      const other = first.get(identity);
      if (!other) {
        first.set(identity, change);
        continue;
      }
      yield {
        at: { source, span: change.span },
        message: `The change ${change.id} of ${change.author} stands twice in this file: Liquibase refuses both, and no pod starts.`,
        related: [{ at: { source, span: other.span }, message: 'The first change of this id and author.' }],
      };
    }
  },
});
