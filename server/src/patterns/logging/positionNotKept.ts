import { defineRule } from '../../rules/contract.ts';
import { logConfigurationOf } from './logConfigurations.ts';
import { settingOf } from './logFile.ts';

/** Without a database of positions, an agent that restarts begins at the end of each file: what came between is lost. */
export const rule = defineRule({
  id: 'logging/position-not-kept',
  severity: 'information',
  profile: 'strict',
  types: ['ConfigMap'],
  *check(resource) {
    const configuration = logConfigurationOf(resource);
    if (!configuration || configuration.open) return;
    const isFluentd = configuration.agent === 'Fluentd';
    for (const section of configuration.sections) {
      if (section.kind !== 'input' || section.plugin !== 'tail') continue;
      if (settingOf(section, isFluentd ? 'pos_file' : 'db')) continue;
      yield {
        at: settingOf(section, 'name', '@type')?.at ?? section.at,
        message: `This input does not keep how far it has read (${isFluentd ? 'pos_file' : 'DB'}), so that a restart loses or repeats lines.`,
      };
    }
  },
});
