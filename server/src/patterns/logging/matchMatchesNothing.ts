import { defineRule } from '../../rules/contract.ts';
import { logConfigurationOf } from './logConfigurations.ts';
import { settingOf } from './logFile.ts';
import { everyTag, matchOf, meets } from './tags.ts';

/** Records are routed by their tag. A filter or output whose pattern meets no tag has nothing to do. */
export const rule = defineRule({
  id: 'logging/match-matches-nothing',
  severity: 'warning',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check(resource) {
    const configuration = logConfigurationOf(resource);
    const tags = configuration && everyTag(configuration);
    if (!configuration || !tags || tags.length === 0) return;
    for (const section of configuration.sections) {
      if (section.kind !== 'filter' && section.kind !== 'output') continue;
      const pattern = matchOf(section);
      if (pattern === undefined || tags.some((tag) => meets(tag, pattern, configuration.agent))) continue;
      // Fluentd tags its own messages itself.
      if (/\bfluent\b/.test(pattern)) continue;
      yield {
        at: settingOf(section, 'match')!.at,
        message: `No record reaches this ${section.kind}: the tags are ${tags.join(', ')}.`,
        ...(configuration.partial ? { strict: true } : {}),
      };
    }
  },
});
