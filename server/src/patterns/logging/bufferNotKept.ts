import { defineRule } from '../../rules/contract.ts';
import { describeOther } from '../../workspace/resource.ts';
import { logConfigurationOf, readersOf } from './logConfigurations.ts';
import { isFixed, settingOf } from './logFile.ts';
import { mountsOf, volumeOf } from './nodePaths.ts';

/** A buffer on disk is there to survive a restart. In the container's own layer it does not, or cannot be written. */
export const rule = defineRule({
  id: 'logging/buffer-not-kept',
  severity: 'warning',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check(resource, graph) {
    const configuration = logConfigurationOf(resource);
    if (!configuration || configuration.open || configuration.agent !== 'Fluent Bit') return;
    const { sections } = configuration;
    const buffered = sections.flatMap((section) => {
      const type = section.kind === 'input' ? settingOf(section, 'storage.type') : undefined;
      return type?.value.toLowerCase() === 'filesystem' ? type : [];
    });
    const service = sections.find(({ kind }) => kind === 'service');
    const path = service && settingOf(service, 'storage.path');
    const [first] = buffered;
    if (!first) return;
    if (!path) {
      yield { at: first.at, message: 'Fluent Bit buffers this input on disk, but the service says no storage.path.' };
      return;
    }
    for (const reader of readersOf(resource, graph)) {
      const mounts = mountsOf(reader);
      if (!isFixed(path.value) || !mounts || volumeOf(path.value, mounts)) continue;
      yield {
        at: path.at,
        message: `${describeOther(reader)} mounts no volume at ${path.value}, so that the buffer is gone with the container.`,
        related: [{ at: first.at, message: 'The input that is buffered there.' }],
      };
    }
  },
});
