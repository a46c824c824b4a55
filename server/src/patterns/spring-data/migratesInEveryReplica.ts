import { defineRule } from '../../rules/contract.ts';
import { namePlace } from '../../rules/parts/containers.ts';
import { podCountOf } from '../../workspace/applications/podCount.ts';
import { hasLibrary } from '../../workspace/applications/spring/javaDependencies.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import { FLYWAY, isServing, LIQUIBASE, nameOf, springDataApplications } from './springData.ts';

const TOOLS = [
  { name: 'Flyway', libraries: FLYWAY, key: 'spring.flyway.enabled' },
  { name: 'Liquibase', libraries: LIQUIBASE, key: 'spring.liquibase.enabled' },
] as const;

/** Every pod that starts migrates first: one waits for the other, and a failed migration stops them all. */
export const rule = defineRule({
  id: 'spring-data/migrates-in-every-replica',
  severity: 'information',
  profile: 'strict',
  types: SERVING_TYPES,
  *check(resource, graph) {
    for (const { settings, libraries } of springDataApplications(graph)) {
      const { running } = settings;
      if (running?.workload.resource !== resource || !isServing(settings)) continue;
      const pods = podCountOf(running.workload, graph);
      if (!pods || pods.most < 2) continue;
      for (const { name, libraries: wanted, key } of TOOLS) {
        if (hasLibrary(libraries, ...wanted) !== true) continue;
        const written = settings.get(key);
        if (written ? written.value !== 'true' : !settings.lacks(key)) continue;
        yield {
          at: namePlace(running.container),
          message: `Each of up to ${pods.most} pods of ${nameOf(settings)} runs ${name} when it starts: a Job runs a migration once, before the pods.`,
          ...(written && { related: [{ at: written.at, message: `${key} is on.` }] }),
        };
      }
    }
  },
});
