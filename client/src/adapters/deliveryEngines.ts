import type { KubeApi } from '../cluster/kubeApi.ts';
import type { Engines } from '../delivery/engines.ts';
import type { ImageEngine } from '../delivery/imageEngine.ts';
import { systemClock } from './clock.ts';
import { DockerEngine } from './dockerEngine.ts';
import { ownEngineSearch } from './engineEndpoint.ts';
import { HelmClient } from './helmClient.ts';
import { KubernetesApi } from './kubernetesApi.ts';

/** What the engines are made of; asked anew for each delivery, because settings and trust change. */
export interface EngineChoices {
  readonly kubeconfigs: readonly string[];
  readonly trusted: boolean;
  readonly approve?: Engines['approve'];
  readonly approvePrune?: Engines['approvePrune'];
}

/** The name by which a delivery asks for the docker client's own choice of engine. */
export const DEFAULT_ENGINE = 'default';

/** The engines of this machine. One connection per context is kept for one delivery. */
export function deliveryEngines({
  approve,
  approvePrune,
  kubeconfigs,
  trusted,
}: EngineChoices): Engines & { dispose(): void } {
  const clusters = new Map<string, KubernetesApi>();
  return {
    clock: systemClock,
    helm: new HelmClient({ command: 'helm', environment: process.env, kubeconfigs, trusted }),
    ...(approve ? { approve } : {}),
    ...(approvePrune ? { approvePrune } : {}),
    imageEngine: async (name): Promise<ImageEngine> =>
      new DockerEngine({ search: ownEngineSearch(name === DEFAULT_ENGINE ? undefined : name), trusted }),
    cluster: (context): KubeApi => {
      let api = clusters.get(context);
      if (!api) {
        api = new KubernetesApi({ context, files: kubeconfigs, trusted });
        clusters.set(context, api);
      }
      return api;
    },
    dispose: () => {
      for (const api of clusters.values()) api.dispose();
    },
  };
}
