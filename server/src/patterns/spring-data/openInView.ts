import { defineRule } from '../../rules/contract.ts';
import { namePlace } from '../../rules/parts/containers.ts';
import { hasLibrary } from '../../workspace/applications/spring/javaDependencies.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';
import { effectiveIn, isServing, JPA, nameOf, springDataApplications } from './springData.ts';

const KEY = 'spring.jpa.open-in-view';
const WEB = ['org.springframework.boot:spring-boot-starter-web'];

/** Each request keeps its connection until the answer is written: the pool is as good as smaller. */
export const rule = defineRule({
  id: 'spring-data/open-in-view',
  severity: 'information',
  profile: 'strict',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    const message = (name: string) =>
      `A request to ${name} keeps its session and its connection until the answer is written: ${KEY} is on.`;
    for (const { settings, libraries, setting } of effectiveIn(resource, KEY, graph)) {
      if (setting.value !== 'true' || hasLibrary(libraries, ...JPA) === false) continue;
      yield {
        at: setting.at,
        message: message(nameOf(settings)),
        fixes: [
          {
            title: 'Close the session before the answer is written',
            safe: false,
            edits: () => [{ uri: setting.at.source.uri, span: setting.at.span, newText: 'false' }],
          },
        ],
      };
    }
    for (const { settings, libraries } of springDataApplications(graph)) {
      const { running } = settings;
      if (running?.workload.resource !== resource || !isServing(settings) || !settings.lacks(KEY)) continue;
      if (hasLibrary(libraries, ...JPA) !== true || hasLibrary(libraries, ...WEB) !== true) continue;
      yield {
        at: namePlace(running.container),
        message: message(nameOf(settings)).replace('is on', 'is on by default'),
      };
    }
  },
});
