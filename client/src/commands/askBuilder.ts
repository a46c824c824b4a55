import { type Memento, window } from 'vscode';
import { buildxBuilders } from '../adapters/buildxBuilders.ts';
import { DEFAULT_ENGINE } from '../adapters/deliveryEngines.ts';
import { ownEngineSearch } from '../adapters/engineEndpoint.ts';
import { chosenEngine } from './deliveryParts.ts';
import { orDismissed } from './orDismissed.ts';
import { withCancel } from './withCluster.ts';

/**
 * The builder of buildx that builds; undefined for the engine's own BuildKit. It is asked for only where there is another,
 * with the one of the last time first.
 */
export async function askBuilder(
  memory: Memento,
  folder: string,
  argument: unknown,
  title: string,
): Promise<string | undefined> {
  const given = (argument as { builder?: unknown } | null | undefined)?.builder;
  if (typeof given === 'string') return given === '' ? undefined : given;
  const engine = chosenEngine();
  const search = ownEngineSearch(engine === DEFAULT_ENGINE ? undefined : engine);
  const builders = await withCancel('Looking for builders', (signal) => buildxBuilders(search, signal));
  if (builders.length === 0) return undefined;
  const key = `slipway.builder ${folder}`;
  const last = memory.get<string>(key, '');
  const items = [
    { label: 'The engine’s own BuildKit', description: '', detail: '', builder: '' },
    ...builders.map(({ driver, fault, name, nodes }) => ({
      label: name,
      description: driver,
      detail: [nodes.join('; '), fault].filter((text) => text !== '').join('. '),
      builder: name,
    })),
  ];
  items.sort((a, b) => Number(b.builder === last) - Number(a.builder === last));
  const placeHolder = 'Which builder?';
  const { builder } = orDismissed(await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }));
  await memory.update(key, builder);
  return builder === '' ? undefined : builder;
}
