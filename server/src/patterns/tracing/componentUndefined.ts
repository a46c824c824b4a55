import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { CONFIGURATION_TYPES, collectorConfigurationsOf, definedIn, usesIn } from './collectorConfiguration.ts';

/** A pipeline that names what is not defined stops the collector at its start. */
export const rule = defineRule({
  id: 'tracing/component-undefined',
  severity: 'error',
  profile: 'recommended',
  types: CONFIGURATION_TYPES,
  *check(resource) {
    for (const configuration of collectorConfigurationsOf(resource)) {
      for (const { kind, at, name, pipeline } of usesIn(configuration) ?? []) {
        const own = definedIn(configuration, kind);
        const connectors = definedIn(configuration, 'connectors');
        if (!own || !connectors) continue;
        const isJoint = kind === 'receivers' || kind === 'exporters';
        const names = [...own, ...(isJoint ? connectors : [])].flatMap(({ key }) => key ?? []);
        if (names.includes(name)) continue;
        const near = nearestName(name, names);
        const one = kind.slice(0, -1);
        yield {
          at,
          message: `${pipeline[0]!.toUpperCase()}${pipeline.slice(1)} uses ${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one} ${name} that is not defined, so that the collector does not start.`,
          fixes:
            near && !at.derived ? [{ title: `Use ${near}`, safe: false, edits: () => [replaceValue(at, near)] }] : [],
        };
      }
    }
  },
});
