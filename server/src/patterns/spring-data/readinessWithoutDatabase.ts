import { defineRule } from '../../rules/contract.ts';
import { namePlace } from '../../rules/parts/containers.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';
import { isServing, nameOf, springDataApplications } from './springData.ts';

const KEY = 'management.endpoint.health.group.readiness.include';

/** A pod that has lost its database still gets requests, and fails each of them. */
export const rule = defineRule({
  id: 'spring-data/readiness-without-database',
  severity: 'information',
  profile: 'strict',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const { settings } of springDataApplications(graph)) {
      const { running } = settings;
      const probe = running?.container.find('readinessProbe', 'httpGet', 'path');
      if (!running || !isServing(settings) || !probe?.text()?.endsWith('/health/readiness')) continue;
      if (!settings.get('spring.datasource.url')) continue;
      const written = settings.get(KEY);
      const owner = written?.resource ?? running.workload.resource;
      if (owner !== resource || (written ? !settings.isCertain(written) : !settings.lacks(KEY))) continue;
      // A list, or a name such as `*`, is not taken apart here.
      if (!settings.lacks(`${KEY}[0]`) || (written && (written.value ?? '*').split(',').some(mayBeDatabase))) continue;
      yield {
        at: written?.at ?? namePlace(running.container),
        message: `A pod of ${nameOf(settings)} that has lost its database still gets requests: db is not in the group readiness.`,
        related: [{ at: probe, message: 'What the kubelet asks.' }],
      };
      return;
    }
  },
});

function mayBeDatabase(name: string): boolean {
  return /^\s*(?:db|\*|r2dbc)\s*$/i.test(name) || name.includes('${');
}
