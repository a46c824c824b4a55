import { throwIfCancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import type { ResourceType } from '../cluster/resourceType.ts';

/** Reads a JSON document from the API server. */
type ReadJson = (path: string, accept: string) => Promise<unknown>;

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';

interface AggregatedGroup {
  readonly metadata?: { readonly name?: string };
  readonly versions?: readonly {
    readonly version: string;
    readonly resources?: readonly {
      readonly resource: string;
      readonly responseKind?: { readonly kind?: string };
      readonly scope?: string;
      readonly verbs?: readonly string[];
    }[];
  }[];
}

/**
 * The kinds that the server offers, in two requests where it knows aggregated discovery (Kubernetes 1.26 and newer),
 * else in one request per group and version.
 */
export async function discoverResourceTypes(read: ReadJson, signal: AbortSignal): Promise<readonly ResourceType[]> {
  const types: ResourceType[] = [];
  for (const root of ['/api', '/apis']) {
    throwIfCancelled(signal);
    const answer = (await read(root, aggregated)) as { kind?: string; items?: readonly AggregatedGroup[] };
    if (answer.kind === 'APIGroupDiscoveryList') types.push(...ofAggregated(answer));
    else types.push(...(await ofGroups(root, answer, read)));
  }
  return types;
}

function ofAggregated(answer: { items?: readonly AggregatedGroup[] }): ResourceType[] {
  return (answer.items ?? []).flatMap((group) =>
    (group.versions ?? []).flatMap(({ version, resources = [] }) =>
      resources.map((resource) => ({
        group: group.metadata?.name ?? '',
        version,
        kind: resource.responseKind?.kind ?? '',
        plural: resource.resource,
        namespaced: resource.scope === 'Namespaced',
        verbs: resource.verbs ?? [],
      })),
    ),
  );
}

async function ofGroups(root: string, answer: unknown, read: ReadJson): Promise<ResourceType[]> {
  const { versions, groups } = answer as {
    versions?: string[];
    groups?: { versions: { groupVersion: string }[] }[];
  };
  const groupVersions =
    root === '/api' ? (versions ?? []) : (groups ?? []).flatMap((group) => group.versions.map((v) => v.groupVersion));
  const types: ResourceType[] = [];
  for (const groupVersion of groupVersions) {
    try {
      const list = (await read(`${root}/${groupVersion}`, 'application/json')) as {
        resources?: { name: string; kind: string; namespaced: boolean; verbs?: string[] }[];
      };
      const [group, version] = root === '/api' ? ['', groupVersion] : groupVersion.split('/');
      for (const { name, kind, namespaced, verbs = [] } of list.resources ?? []) {
        if (!name.includes('/')) {
          types.push({ group: group ?? '', version: version ?? '', kind, plural: name, namespaced, verbs });
        }
      }
    } catch (error) {
      // The server behind an aggregated group may be down; the other groups are still there.
      if (!(error instanceof Failure) || error.kind === 'cancelled') throw error;
    }
  }
  return types;
}
