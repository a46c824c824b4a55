import type { Place, SourceNode } from '../../text/sourceNode.ts';
import { POD_OWNER_TYPES, WORKLOAD_TYPES, type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';

/** A container with the workload that it belongs to. */
export interface ContainerOf {
  readonly container: SourceNode;
  readonly workload: Workload;
  /** `main` for those that run for the pod's life, `init` for those that run before, `debug` for ephemeral ones. */
  readonly phase: 'main' | 'init' | 'debug';
}

/** Kinds whose containers start, answer and stop as Kubernetes says. */
export const CONTAINER_OWNERS = WORKLOAD_TYPES;

/** All kinds that hold containers: what these may do and take counts wherever they run. */
export const POD_OWNERS = POD_OWNER_TYPES;

/** All containers of a workload, init containers first, as they run. */
export function* containersOf(resource: Resource): Iterable<ContainerOf> {
  const workload = workloadOf(resource);
  if (!workload) return;
  for (const container of workload.initContainers) {
    yield { container, workload, phase: container.text('restartPolicy') === 'Always' ? 'main' : 'init' };
  }
  for (const container of workload.containers) yield { container, workload, phase: 'main' };
}

/** The same with the ephemeral containers, which have no probes, ports or resources, but all rights that they ask for. */
export function* allContainersOf(resource: Resource): Iterable<ContainerOf> {
  yield* containersOf(resource);
  const workload = workloadOf(resource);
  for (const container of workload?.podSpec?.find('ephemeralContainers')?.items ?? [])
    yield { container, workload: workload!, phase: 'debug' };
}

/** Where a finding about something that a container lacks is shown: at its name. */
export function namePlace(container: SourceNode): Place {
  return container.find('name') ?? container.find('image') ?? container;
}

/** `container web of Deployment cart` for messages. */
export function containerName({ container, workload }: ContainerOf): string {
  const { kind, name } = workload.resource;
  const own = container.text('name');
  return own === undefined
    ? `a container of ${kind} ${name ?? ''}`.trim()
    : `container ${own} of ${kind} ${name ?? ''}`.trim();
}
