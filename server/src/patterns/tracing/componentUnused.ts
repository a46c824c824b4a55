import { defineRule } from '../../rules/contract.ts';
import {
  CONFIGURATION_TYPES,
  type ComponentKind,
  collectorConfigurationsOf,
  definedIn,
  usesIn,
} from './collectorConfiguration.ts';

const KINDS: readonly ComponentKind[] = ['receivers', 'processors', 'exporters', 'extensions', 'connectors'];

/** What is defined but named by no pipeline does not run: a filter that was meant to keep secrets back, for one. */
export const rule = defineRule({
  id: 'tracing/component-unused',
  severity: 'warning',
  profile: 'recommended',
  types: CONFIGURATION_TYPES,
  *check(resource) {
    for (const configuration of collectorConfigurationsOf(resource)) {
      const uses = usesIn(configuration);
      if (!uses || !configuration.root.find('service', 'pipelines') || configuration.root.find('service')?.open)
        continue;
      const names = new Set(uses.map(({ name }) => name));
      for (const kind of KINDS) {
        for (const component of definedIn(configuration, kind) ?? []) {
          // Exporters and extensions refer to authenticators and storages by name as well.
          if (names.has(component.key ?? '') || isReferred(configuration.root.value, component.key ?? '')) continue;
          yield {
            at: component.keyPlace,
            message: `No pipeline uses the ${kind.slice(0, -1)} ${component.key}, so that it does not run.`,
          };
        }
      }
    }
  },
});

/** Some setting has the name as its value. */
function isReferred(value: unknown, name: string): boolean {
  if (typeof value === 'string') return value === name;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => isReferred(part, name));
}
