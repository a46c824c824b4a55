import type { SourceNode } from '../../text/sourceNode.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';

/** A volume of a pod that shows a folder or file of the node. */
export interface HostPath {
  readonly volumeName: string | undefined;
  /** Without a trailing slash; `/` for the whole file system. */
  readonly path: string;
  readonly at: SourceNode;
}

/** The `hostPath` volumes of a workload whose path is known. */
export function hostPaths({ podSpec }: Workload): readonly HostPath[] {
  return (podSpec?.find('volumes')?.items ?? []).flatMap((volume) => {
    const at = volume.find('hostPath', 'path');
    const path = at?.text();
    if (!at || path === undefined) return [];
    return [{ volumeName: volume.text('name'), path: path === '/' ? path : path.replace(/\/+$/, ''), at }];
  });
}

const SOCKETS = [
  '/docker.sock',
  '/containerd.sock',
  '/containerd/containerd.sock',
  '/k3s/containerd/containerd.sock',
  '/crio/crio.sock',
  '/cri-dockerd.sock',
  '/dockershim.sock',
  '/podman/podman.sock',
];

/** Whoever may write to this socket commands the container runtime of the node. */
export function isRuntimeSocket(path: string): boolean {
  return ['/var/run', '/run', '/private/var/run'].some((folder) => SOCKETS.some((socket) => path === folder + socket));
}
