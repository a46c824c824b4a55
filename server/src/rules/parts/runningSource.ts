import { databaseClientsOf } from '../../workspace/applications/databaseClients.ts';
import type { SourceFolder } from '../../workspace/applications/sourceFolders.ts';
import { type StartedProgram, startedPrograms } from '../../workspace/applications/startedPrograms.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { Participant } from '../pattern.ts';
import { namePlace } from './containers.ts';

/** How a stack is told apart where its sources run. */
export interface StackRuns {
  /** As `DatabaseClient.stack`. */
  readonly stack: string;
  /** The role of what tells the application where its database is. */
  readonly addressRole: string;
  isMigration(program: StartedProgram): boolean;
}

/**
 * What runs the sources of a stack: in the role `job` what migrates, in the role `workload` what serves, and where these
 * are told of their database, each place once.
 */
export function* runningSource(
  source: SourceFolder,
  graph: ResourceGraph,
  { stack, addressRole, isMigration }: StackRuns,
): Iterable<Participant> {
  for (const { workload, container } of source.uses) {
    const { resource } = workload;
    const programs = startedPrograms({ workload, container, source }) ?? [];
    if (programs.some(isMigration)) yield { role: 'job', resource, at: namePlace(container) };
    if (SERVING_TYPES.includes(resource.type) && workload.containers.includes(container))
      yield { role: 'workload', resource, at: resource.root.find('metadata', 'name') ?? resource.root };
  }
  const told = new Set<number>();
  for (const { stack: own, running, addressAt } of databaseClientsOf(graph)) {
    if (own !== stack || running.source !== source || !addressAt || told.has(addressAt.at.span.start)) continue;
    told.add(addressAt.at.span.start);
    yield { role: addressRole, ...addressAt };
  }
}
