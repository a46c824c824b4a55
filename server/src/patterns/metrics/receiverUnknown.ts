import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { alertRoutesOf, everyRoute, ROUTE_TYPES } from './alertRoutes.ts';

/** Alertmanager refuses a configuration whose route names a receiver that is not defined, and keeps the one it had. */
export const rule = defineRule({
  id: 'metrics/receiver-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ROUTE_TYPES,
  *check(resource) {
    for (const { route, receivers } of alertRoutesOf(resource)) {
      if (receivers.open || receivers.items.some((receiver) => receiver.text('name') === undefined)) continue;
      const names = receivers.items.flatMap((receiver) => receiver.text('name') ?? []);
      for (const one of everyRoute(route)) {
        const at = one.find('receiver');
        const name = at?.text();
        if (!at || name === undefined || names.includes(name)) continue;
        const near = nearestName(name, names);
        yield {
          at,
          message: `There is no receiver ${name}, so that Alertmanager refuses this configuration.`,
          related: [{ at: receivers.keyPlace, message: `The receivers: ${names.join(', ')}.` }],
          fixes:
            near && !at.derived ? [{ title: `Use ${near}`, safe: false, edits: () => [replaceValue(at, near)] }] : [],
        };
      }
    }
  },
});
