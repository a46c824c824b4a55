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

/** The pod mounts a file of settings, which Spring Boot may find beside the application and read after its own. */
export function mountsSettings({ workload }: RunningSource, graph: ResourceGraph): boolean {
  return (workload.podSpec?.find('volumes')?.items ?? []).some((volume) => {
    const projected = volume.find('projected', 'sources')?.items.some((item) => item.find('configMap') !== undefined);
    if (projected || volume.kind === 'unknown') return true;
    const map = volume.find('configMap');
    if (!map) return false;
    const target = graph.lookup(workload.resource, ['ConfigMap'], map.text('name') ?? '');
    if (target.status !== 'found') return true;
    const data = target.resource.root.find('data');
    return data?.open === true || (data?.entries ?? []).some(({ key }) => SETTINGS_FILE.test(key ?? ''));
  });
}

const SETTINGS_FILE = /^(?:application|bootstrap)[^/]*\.(?:ya?ml|properties)$/;
