import { WORKLOAD_TYPES, workloadOf } from '../kubernetes/workload.ts';
import type { EdgeFinder } from '../resourceGraph.ts';
import { edgeTo } from './edgeTo.ts';

const GROUP = 'external-secrets.io';
export const SECRET_PROVIDER_CLASS = 'secrets-store.csi.x-k8s.io/SecretProviderClass';
const CSI_DRIVER = 'secrets-store.csi.k8s.io';

/** ExternalSecret and PushSecret → the store that they read or write; pods → the class of secrets that the CSI driver mounts. */
export const secretSources: EdgeFinder = {
  relation: 'secret-from',
  from: [`${GROUP}/ExternalSecret`, `${GROUP}/ClusterExternalSecret`, `${GROUP}/PushSecret`, ...WORKLOAD_TYPES],
  *find(source, graph) {
    const { root } = source;
    if (!source.type.startsWith(GROUP)) {
      for (const volume of workloadOf(source)?.podSpec?.find('volumes')?.items ?? []) {
        if (volume.text('csi', 'driver') !== CSI_DRIVER) continue;
        const name = volume.find('csi', 'volumeAttributes', 'secretProviderClass');
        yield* edgeTo('secret-from', source, name, [SECRET_PROVIDER_CLASS], graph);
      }
      return;
    }
    const spec = source.type.endsWith('/ClusterExternalSecret')
      ? root.find('spec', 'externalSecretSpec')
      : root.find('spec');
    const references = [
      spec?.find('secretStoreRef'),
      ...(spec?.find('secretStoreRefs')?.items ?? []),
      ...[...(spec?.find('data')?.items ?? []), ...(spec?.find('dataFrom')?.items ?? [])].map((item) =>
        item.find('sourceRef', 'storeRef'),
      ),
    ];
    for (const reference of references) {
      const kind = reference?.text('kind') ?? (reference?.lacks('kind') ? 'SecretStore' : undefined);
      if (!reference || (kind !== 'SecretStore' && kind !== 'ClusterSecretStore')) continue;
      yield* edgeTo('secret-from', source, reference.find('name'), [`${GROUP}/${kind}`], graph);
    }
  },
};
