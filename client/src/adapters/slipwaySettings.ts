import { workspace } from 'vscode';
import type { FeatureChoice, GenericFeature } from '../languageClient/yieldedFeatures.ts';

/** The user's settings that the client reads; each is read when it is needed, so that a change counts at once. */
export const slipwaySettings = {
  /** Kubeconfig files in place of `KUBECONFIG`. */
  kubeconfigs: (): readonly string[] => read('cluster.kubeconfigs', []),
  protectedContexts: (): readonly string[] => read('cluster.protectedContexts', []),
  /** The chosen cluster tells the language server which kinds and fields it has. */
  clusterSchemas: (): boolean => read('cluster.schemas', false),
  /** `terraform` is asked what the installed providers look like. */
  installedProviders: (): boolean => read('terraform.installedProviders', true),
  rolloutTimeoutMilliseconds: (): number => read('cluster.rolloutTimeoutSeconds', 600) * 1000,
  /** Folders and overlays are deployed as sets, so that what goes from them can be pruned. */
  keepsDeploymentSets: (): boolean => read('cluster.keepDeploymentSets', true),
  undoFailedRollouts: (): boolean => read('cluster.undoFailedRollouts', false),
  /** A docker context or an address; undefined for the docker client's own choice. */
  engine: (): string | undefined => read('images.engine', '') || undefined,
  /** Where images of applications go that no manifest names yet: `registry.example.com/shop`. */
  registry: (): string => read('images.registry', ''),
  /** How tags of new images are written: `{version}-{commit}`. */
  tagTemplate: (): string => read('images.tagTemplate', ''),
  /** Where steps of a canary or a blue-green switch are made. */
  placeOfChange: (): 'ask' | 'files' | 'cluster' => read('delivery.placeOfChange', 'ask'),
  /** Shares of a canary in percent. */
  canarySteps: (): readonly number[] => read('delivery.canarySteps', [5, 10, 25, 50, 100]),
  canaryStepMilliseconds: (): number => read('delivery.canaryStepSeconds', 300) * 1000,
  /** Where Prometheus answers: a URL, or `namespace/service:port`. */
  prometheus: (): string => read('delivery.prometheus', ''),
  analysisThresholds: () => ({
    minimumRequests: read('delivery.minimumRequests', 20),
    errorRatePoints: read('delivery.errorRatePoints', 1),
    latencyIncreasePercent: read('delivery.latencyIncreasePercent', 25),
  }),
  rendersChartsOnSave: (): boolean => read('helm.renderOnSave', true),
  showFindings: (): boolean => read('statusBar.findings', false),
  feature: (feature: GenericFeature): FeatureChoice => read(`features.${feature}`, 'auto'),
};

function read<T>(key: string, fallback: T): T {
  return workspace.getConfiguration('slipway').get<T>(key, fallback);
}
