import type { SourceNode } from '../../text/sourceNode.ts';
import { podsByLabels } from '../kubernetes/podSelection.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import { namespacesAgree } from '../selection.ts';
import { cloudNativeServer, POSTGRES_CLUSTER, POSTGRES_POOLER, poolerServer } from './cloudNativePostgres.ts';
import type { DatabaseServer } from './databaseServer.ts';
import { managedServerAt } from './managedDatabases.ts';
import { containerServer } from './serverContainers.ts';

/**
 * What answers to a host name, as a pod of `workload` means it: the pods of a Service, a cluster or pooler of
 * CloudNativePG, or a managed database that Terraform declares. Undefined where the workspace does not tell.
 */
export function databaseServerAt(host: string, workload: Resource, graph: ResourceGraph): DatabaseServer | undefined {
  const cache = graph.memo('database-servers', () => new Map<string, DatabaseServer | undefined>());
  const key = `${graph.setOf(workload)} ${workload.namespace ?? ''} ${host}`;
  if (!cache.has(key)) cache.set(key, findServer(host, workload, graph));
  return cache.get(key);
}

function findServer(host: string, workload: Resource, graph: ResourceGraph): DatabaseServer | undefined {
  const service = serviceOf(host, workload);
  if (!service) return managedServerAt(host, graph);
  const found = serviceNamed(service, workload, graph);
  if (found) {
    const external = found.root.text('spec', 'externalName');
    return external === undefined ? behindService(found, graph) : managedServerAt(external.replace(/\.$/, ''), graph);
  }
  return ofOperator(service, workload, graph) ?? managedServerAt(host, graph);
}

/**
 * The Service of that name in the set of the workload. Databases are often deployed by themselves: where the host names a
 * namespace, the only Service of that name and namespace in the workspace is meant as well.
 */
function serviceNamed(service: ServiceName, workload: Resource, graph: ResourceGraph): Resource | undefined {
  const target = graph.lookup(workload, ['Service'], service.name, service.namespace);
  if (target.status === 'found') return target.resource;
  const others = graph
    .all('Service')
    .filter(
      ({ name, namespace }) => name === service.name && namespace !== undefined && namespace === service.namespace,
    );
  return others.length === 1 ? others[0] : undefined;
}

/** Certainly nothing answers to a host: there is no Service of that name, or no pod behind it. */
export function isServerMissing(host: string, workload: Resource, graph: ResourceGraph): boolean {
  const service = serviceOf(host, workload);
  if (!service || ofOperator(service, workload, graph)) return false;
  const found = serviceNamed(service, workload, graph);
  if (!found) {
    const target = graph.lookup(workload, ['Service'], service.name, service.namespace);
    return target.status === 'missing' && target.certain;
  }
  const selector = found.root.find('spec', 'selector');
  const { workloads, certain } = podsByLabels(found, selector, graph);
  return selector !== undefined && certain && workloads.length === 0;
}

function behindService(service: Resource, graph: ResourceGraph): DatabaseServer | undefined {
  const { workloads, certain } = podsByLabels(service, service.root.find('spec', 'selector'), graph);
  const [workload, ...others] = workloads;
  // One server counts; who answers of several is not known.
  return certain && workload && others.length === 0 ? inWorkload(workload, graph) : undefined;
}

function inWorkload(workload: Workload, graph: ResourceGraph): DatabaseServer | undefined {
  const servers = workload.containers.flatMap(
    (container: SourceNode) => containerServer(workload, container, graph) ?? [],
  );
  return servers.length === 1 ? servers[0] : undefined;
}

/** CloudNativePG makes the Services `<cluster>-rw`, `-ro` and `-r`, and one with the name of each pooler. */
function ofOperator(service: ServiceName, workload: Resource, graph: ResourceGraph): DatabaseServer | undefined {
  const inNamespace = ({ namespace }: Resource) => namespacesAgree(service.namespace, namespace);
  const pooler = graph.near(workload, POSTGRES_POOLER).find((it) => it.name === service.name && inNamespace(it));
  if (pooler) return poolerServer(pooler);
  const name = /^(.+)-(?:rw|ro|r)$/.exec(service.name)?.[1];
  const cluster = graph.near(workload, POSTGRES_CLUSTER).find((it) => it.name === name && inNamespace(it));
  return cluster && cloudNativeServer(cluster);
}

interface ServiceName {
  readonly name: string;
  readonly namespace: string | undefined;
}

/** A host as the resolver of a pod completes it: `db`, `db.data`, `db.data.svc`, `db.data.svc.cluster.local`. */
function serviceOf(host: string, { namespace }: Resource): ServiceName | undefined {
  const [name, second, kind] = host.replace(/\.$/, '').split('.') as [string, string | undefined, string | undefined];
  if (second === undefined) return { name, namespace };
  return kind === undefined || kind === 'svc' ? { name, namespace: second } : undefined;
}
