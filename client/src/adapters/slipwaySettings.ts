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
  undoFailedRollouts: (): boolean => read('cluster.undoFailedRollouts', false),
  /** A docker context or an address; undefined for the docker client's own choice. */
  engine: (): string | undefined => read('images.engine', '') || undefined,
  /** Where images of applications go that no manifest names yet: `registry.example.com/shop`. */
  registry: (): string => read('images.registry', ''),
  rendersChartsOnSave: (): boolean => read('helm.renderOnSave', true),
  showFindings: (): boolean => read('statusBar.findings', false),
  feature: (feature: GenericFeature): FeatureChoice => read(`features.${feature}`, 'auto'),
};

function read<T>(key: string, fallback: T): T {
  return workspace.getConfiguration('slipway').get<T>(key, fallback);
}
