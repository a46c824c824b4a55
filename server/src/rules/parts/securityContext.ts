import type { SourceNode } from '../../text/sourceNode.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { ContainerOf } from './containers.ts';

/** What is known of a setting: the node that counts, `absent` where certainly nothing is written, else `unknown`. */
export type Setting = SourceNode | 'absent' | 'unknown';

/** A setting of the container's own `securityContext`. */
export function containerSetting({ container }: ContainerOf, ...path: readonly string[]): Setting {
  return settingOf(container, ['securityContext', ...path]);
}

/** A setting that the container may write itself or take from its pod. */
export function inheritedSetting(entry: ContainerOf, ...path: readonly string[]): Setting {
  const own = containerSetting(entry, ...path);
  if (own !== 'absent') return own;
  return podSetting(entry.workload, ...path);
}

/** A setting of the pod's `securityContext`. */
export function podSetting({ podSpec }: Workload, ...path: readonly string[]): Setting {
  return podSpec ? settingOf(podSpec, ['securityContext', ...path]) : 'unknown';
}

/** The known node of a setting, if there is one. */
export function written(setting: Setting): SourceNode | undefined {
  return typeof setting === 'string' ? undefined : setting;
}

/** Pods for Windows nodes have none of Linux' kernel features. */
export function isWindows({ podSpec }: Workload): boolean {
  return podSpec?.text('os', 'name') === 'windows' || podSpec?.text('nodeSelector', 'kubernetes.io/os') === 'windows';
}

function settingOf(owner: SourceNode, path: readonly string[]): Setting {
  if (owner.lacks(...path)) return 'absent';
  const node = owner.find(...path);
  return node && node.kind !== 'unknown' ? node : 'unknown';
}
