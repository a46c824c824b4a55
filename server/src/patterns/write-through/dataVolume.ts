import type { SourceNode } from '../../text/sourceNode.ts';
import { type CacheServer, directiveOf } from '../../workspace/caches/cacheServer.ts';

/** What a cache writes its data to. */
export interface DataVolume {
  readonly kind: 'claim' | 'temporary';
  /** As a message names it. */
  readonly name: string;
  readonly at: SourceNode;
}

/** The volume behind `dir` (`/data` where nothing is written); undefined where it cannot be known. */
export function dataVolume(server: CacheServer): DataVolume | undefined {
  const { workload, container } = server;
  if (!workload || !container || container.open || container.find('volumeMounts')?.known === false) return undefined;
  const folder = directiveOf(server, 'dir')?.value ?? '/data';
  const mount = (container.find('volumeMounts')?.items ?? []).find((item) => {
    const path = item.text('mountPath')?.replace(/\/$/, '');
    return path !== undefined && (folder === path || folder.startsWith(`${path}/`));
  });
  if (!mount) {
    const at = container.find('name');
    // Docker's volume of the image lives as long as the container.
    return at && container.lacks('volumeMounts') ? { kind: 'temporary', name: 'the container itself', at } : undefined;
  }
  const name = mount.text('name');
  const claims = workload.resource.root.find('spec', 'volumeClaimTemplates')?.items ?? [];
  const claim = claims.find((one) => one.text('metadata', 'name') === name);
  if (claim) return { kind: 'claim', name: `the claim ${name}`, at: claim.find('metadata', 'name') ?? claim };
  const volume = workload.podSpec?.find('volumes')?.items.find((one) => one.text('name') === name);
  if (volume?.find('persistentVolumeClaim'))
    return { kind: 'claim', name: `the claim ${volume.text('persistentVolumeClaim', 'claimName') ?? ''}`, at: volume };
  const temporary = volume?.find('emptyDir');
  return temporary && { kind: 'temporary', name: `the emptyDir ${name}`, at: volume!.find('name') ?? volume! };
}
