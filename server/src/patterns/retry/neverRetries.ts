import { addEntry, replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { DEFAULT_ATTEMPTS } from './retries.ts';
import { routesOf } from './routeTypes.ts';

/** Zero attempts, written or not, switch retries off, and everything else in the block with them. */
export const rule = defineRule({
  id: 'retry/never-retries',
  severity: 'warning',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  *check(resource) {
    for (const route of routesOf(resource)) {
      const block = route.find('retries');
      if (block?.kind !== 'map' || block.open) continue;
      const settings = block.entries.flatMap(({ key }) => (key === undefined || key === 'attempts' ? [] : key));
      const attempts = block.find('attempts');
      const isOff = attempts ? attempts.number() === 0 : block.lacks('attempts');
      if (!isOff || settings.length === 0) continue;
      const title = `Retry ${DEFAULT_ATTEMPTS} times`;
      yield {
        at: attempts ?? block.keyPlace,
        message: attempts
          ? `0 attempts switch retries off, so ${settings.join(' and ')} ${settings.length === 1 ? 'has' : 'have'} no effect.`
          : `Without attempts this block switches retries off, so ${settings.join(' and ')} ${settings.length === 1 ? 'has' : 'have'} no effect.`,
        fixes: [
          {
            title,
            safe: false,
            edits: () => [
              attempts
                ? replaceValue(attempts, String(DEFAULT_ATTEMPTS))
                : addEntry(block, 'attempts', DEFAULT_ATTEMPTS),
            ],
          },
        ],
      };
    }
  },
});
