import { uniformKey } from '../../../languages/java/springSettings.ts';
import { SECRET_TYPES } from '../../edges/configuration.ts';
import type { ResourceGraph } from '../../resourceGraph.ts';
import { secretKeys } from '../environment.ts';
import type { WrittenSetting } from '../setting.ts';
import type { RunningSource } from '../sourceFolders.ts';

/**
 * What `configtree:` imports set: each file of a mounted folder is a property by its name. The names of a Secret's keys are
 * known, their values never. `open` where a folder's files are not known.
 */
export function importedKeys(
  imports: readonly (string | undefined)[],
  running: RunningSource | undefined,
  graph: ResourceGraph,
): { readonly keys: ReadonlyMap<string, WrittenSetting>; readonly open: boolean } {
  const keys = new Map<string, WrittenSetting>();
  let open = false;
  for (const written of imports) {
    const path = /^(?:optional:)?configtree:(.+)$/.exec(written ?? '')?.[1];
    const found = path === undefined ? undefined : mountedKeys(path, running, graph);
    if (!found) open = true;
    for (const [key, setting] of found ?? []) keys.set(uniformKey(key), setting);
  }
  return { keys, open };
}

function mountedKeys(
  path: string,
  running: RunningSource | undefined,
  graph: ResourceGraph,
): readonly [string, WrittenSetting][] | undefined {
  if (!running) return undefined;
  const { workload, container } = running;
  const wanted = path.replace(/\/+$/, '');
  const mount = container
    .find('volumeMounts')
    ?.items.find((item) => item.text('mountPath')?.replace(/\/+$/, '') === wanted);
  const volume = workload.podSpec
    ?.find('volumes')
    ?.items.find((item) => item.text('name') !== undefined && item.text('name') === mount?.text('name'));
  const name = volume?.text('secret', 'secretName');
  if (name === undefined || volume?.lacks('secret', 'items') === false) return undefined;
  const target = graph.lookup(workload.resource, SECRET_TYPES, name);
  return target.status === 'found' ? secretKeys(target.resource) : undefined;
}
