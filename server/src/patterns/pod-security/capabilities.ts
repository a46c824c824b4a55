import type { ContainerOf } from '../../rules/parts/containers.ts';
import { containerSetting } from '../../rules/parts/securityContext.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

/** The capabilities that a container adds or drops, in upper case and without `CAP_`; undefined where a template writes some. */
export function capabilities(entry: ContainerOf, list: 'add' | 'drop'): ReadonlyMap<string, SourceNode> | undefined {
  const setting = containerSetting(entry, 'capabilities', list);
  if (setting === 'unknown') return undefined;
  if (setting === 'absent') return new Map();
  if (!setting.known) return undefined;
  return new Map(
    setting.items.map((item) => [
      String(item.scalar ?? '')
        .toUpperCase()
        .replace(/^CAP_/, ''),
      item,
    ]),
  );
}
