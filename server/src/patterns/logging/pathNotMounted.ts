import { defineRule } from '../../rules/contract.ts';
import { describeOther } from '../../workspace/resource.ts';
import { logConfigurationOf, readersOf } from './logConfigurations.ts';
import { isFixed, settingOf } from './logFile.ts';
import { mountsOf, volumeOf } from './nodePaths.ts';

/** The log files of a node are seen by those pods only that mount them. Without, an agent waits for files for ever. */
export const rule = defineRule({
  id: 'logging/path-not-mounted',
  severity: 'error',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check(resource, graph) {
    const inputs = logConfigurationOf(resource)?.sections.filter(
      ({ kind, plugin }) => kind === 'input' && plugin === 'tail',
    );
    for (const input of inputs ?? []) {
      const path = settingOf(input, 'path');
      if (!path || !isFixed(path.value)) continue;
      for (const reader of readersOf(resource, graph)) {
        const mounts = mountsOf(reader);
        if (reader.type !== 'apps/DaemonSet' || !mounts) continue;
        const missing = path.value
          .split(',')
          .map((one) => one.trim())
          .find((one) => /^\/(?:var\/log|var\/lib\/docker)\//.test(one) && !volumeOf(folderOf(one), mounts));
        if (missing === undefined) continue;
        yield {
          at: path.at,
          message: `${describeOther(reader)} does not mount ${folderOf(missing)} of its nodes, so that this input reads nothing.`,
          related: [
            { at: reader.root.find('metadata', 'name') ?? reader.root, message: 'What runs with this configuration.' },
          ],
        };
      }
    }
  },
});

/** The part of a path before its first pattern and its last name. */
function folderOf(path: string): string {
  const fixed = path.split(/[*?[{]/, 1)[0]!;
  return fixed.slice(0, Math.max(1, fixed.lastIndexOf('/')));
}
