import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { MARKER } from '../yamlCursor.ts';
import type { NameFinder } from './nameFinder.ts';

/** The volumes of the pod, where a container mounts one. */
export const volumeNames: NameFinder = {
  path: /(?:^|\.)(?:volumeMounts|volumeDevices)\[\]\.name$/,
  *find({ resource }) {
    const workload = workloadOf(resource);
    const volumes = workload?.podSpec?.find('volumes')?.items ?? [];
    const claims = resource.root.find('spec', 'volumeClaimTemplates')?.items ?? [];
    for (const volume of volumes) {
      const kind = volume.entries.find(({ key }) => key !== 'name')?.key ?? 'volume';
      const name = volume.text('name');
      if (name !== undefined && name !== MARKER) yield { value: name, detail: kind };
    }
    for (const claim of claims) {
      const name = claim.text('metadata', 'name');
      if (name !== undefined) yield { value: name, detail: 'volumeClaimTemplates' };
    }
  },
};
