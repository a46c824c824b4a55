import { defineRule } from '../../rules/contract.ts';
import { logConfigurationOf } from './logConfigurations.ts';
import { settingOf } from './logFile.ts';
import { matchOf, meets, tagsOf } from './tags.ts';

/** What no output takes is read, and thrown away. */
export const rule = defineRule({
  id: 'logging/input-unrouted',
  severity: 'warning',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check(resource) {
    const configuration = logConfigurationOf(resource);
    if (!configuration || configuration.open || configuration.agent !== 'Fluent Bit') return;
    const { sections, agent } = configuration;
    const outputs = sections.filter(({ kind }) => kind === 'output');
    const patterns = outputs.map(matchOf);
    const retags = sections.some(({ plugin }) => plugin === 'rewrite_tag');
    if (outputs.length === 0 || retags || patterns.some((pattern) => pattern === undefined)) return;
    for (const section of sections.filter(({ kind }) => kind === 'input')) {
      const tags = tagsOf(section, agent);
      if (!tags || tags.some((tag) => patterns.some((pattern) => meets(tag, pattern!, agent)))) continue;
      yield {
        at: settingOf(section, 'tag')?.at ?? section.at,
        message: `No output takes what this input reads: they match ${patterns.join(', ')}, not ${tags.join(', ')}.`,
        ...(configuration.partial ? { strict: true } : {}),
      };
    }
  },
});
