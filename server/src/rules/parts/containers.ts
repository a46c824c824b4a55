import type { Place, SourceNode } from '../../text/sourceNode.ts';
import { WORKLOAD_TYPES, type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';

/** A container with the workload that it belongs to. */
export interface ContainerOf {
  readonly container: SourceNode;
  readonly workload: Workload;
  /** `main` for those that run for the pod's life, `init` for those that run before. */
  readonly phase: 'main' | 'init';
}

export const CONTAINER_OWNERS = WORKLOAD_TYPES;

/** All containers of a workload, init containers first, as they run. */
export function* containersOf(resource: Resource): Iterable<ContainerOf> {
  const workload = workloadOf(resource);
  if (!workload) return;
  for (const container of workload.initContainers) {
    yield { container, workload, phase: container.text('restartPolicy') === 'Always' ? 'main' : 'init' };
  }
  for (const container of workload.containers) yield { container, workload, phase: 'main' };
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
