import type { Participant } from '../../rules/pattern.ts';
import type { CacheClient } from '../../workspace/caches/cacheClients.ts';
import { type CacheServer, directiveOf } from '../../workspace/caches/cacheServer.ts';

/** The workloads that are told of a cache, and where. */
export function clientParticipants(clients: readonly CacheClient[]): readonly Participant[] {
  return clients.flatMap(({ at, resource, workloads }): Participant[] => [
    { role: 'address', resource, at },
    ...workloads.map((workload) => ({
      role: 'client',
      resource: workload.resource,
      at: workload.resource.root.find('metadata', 'name') ?? workload.resource.root,
    })),
  ]);
}

/** A directive of a cache as a participant; none where nothing sets it. */
export function directiveParticipants(server: CacheServer, name: string, role: string): readonly Participant[] {
  const directive = directiveOf(server, name);
  return directive ? [{ role, resource: directive.resource, at: directive.at }] : [];
}

/** Each role at each place once. */
export function distinct(participants: readonly Participant[]): readonly Participant[] {
  const seen = new Map<string, Participant>();
  for (const participant of participants) {
    const key = `${participant.role} ${participant.at.source.uri} ${participant.at.span.start}`;
    if (!seen.has(key)) seen.set(key, participant);
  }
  return [...seen.values()];
}
