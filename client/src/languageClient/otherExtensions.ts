import { extensions, workspace } from 'vscode';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { type GenericFeature, switchedOff, yieldedFeatures } from './yieldedFeatures.ts';

/** What this editor's other extensions already give, as the settings have it. */
export function otherExtensions(): Record<string, GenericFeature[]> {
  const yamlSchemas = workspace.getConfiguration('yaml').get<Readonly<Record<string, unknown>>>('schemas', {});
  return yieldedFeatures({
    isEnabled: (id) => extensions.getExtension(id) !== undefined,
    yamlKnowsKubernetes: Object.keys(yamlSchemas).some((schema) => /kubernetes/i.test(schema)),
    choiceOf: (feature) => slipwaySettings.feature(feature),
  });
}

/** What the user wants from nobody. */
export function unwantedFeatures(): GenericFeature[] {
  return switchedOff({ choiceOf: (feature) => slipwaySettings.feature(feature) });
}
