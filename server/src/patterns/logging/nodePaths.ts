import type { SourceNode } from '../../text/sourceNode.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';

/** A volume where a container sees it. */
export interface MountedVolume {
  readonly path: string;
  readonly mount: SourceNode;
  /** Undefined where a template writes it. */
  readonly volume: SourceNode | undefined;
}

/** What the containers of a workload mount; undefined where a template may mount more. */
export function mountsOf(resource: Resource): readonly MountedVolume[] | undefined {
  const workload = workloadOf(resource);
  const volumes = workload?.podSpec?.find('volumes');
  if (!workload || workload.podSpec?.open || volumes?.open || volumes?.items.some((volume) => volume.open))
    return undefined;
  const mounts: MountedVolume[] = [];
  for (const container of workload.containers) {
    const list = container.find('volumeMounts');
    if (container.open || list?.open) return undefined;
    for (const mount of list?.items ?? []) {
      const path = mount.text('mountPath');
      if (path === undefined) return undefined;
      const volume = volumes?.items.find((one) => one.text('name') === mount.text('name'));
      mounts.push({ path, mount, volume });
    }
  }
  return mounts;
}

/** The innermost volume that a path lies in. */
export function volumeOf(path: string, mounts: readonly MountedVolume[]): MountedVolume | undefined {
  return mounts
    .filter((mount) => path === mount.path || path.startsWith(`${mount.path.replace(/\/$/, '')}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
