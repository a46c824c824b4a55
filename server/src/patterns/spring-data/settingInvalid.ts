import { knownKey, wantedInstead } from '../../languages/java/knownKeys.ts';
import { SPRING_SETTINGS, type SpringDocument } from '../../languages/java/springSettings.ts';
import { defineRule } from '../../rules/contract.ts';

/** Spring Boot cannot make the value that a key takes of this text, and the application does not start. */
export const rule = defineRule({
  id: 'spring-data/setting-invalid',
  severity: 'error',
  profile: 'recommended',
  types: [SPRING_SETTINGS],
  *check(resource) {
    for (const { key, node } of (resource.model as SpringDocument).properties) {
      const known = knownKey(key);
      const text = node.kind === 'scalar' ? node.text() : undefined;
      const wanted = known && text !== undefined ? wantedInstead(known.takes, text) : undefined;
      if (wanted) yield { at: node, message: `${key} has to be ${wanted}: no pod starts with ${text}.` };
    }
  },
});
