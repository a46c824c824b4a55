import { defineRule } from '../../rules/contract.ts';
import { readQuantity } from '../../rules/parts/quantity.ts';
import { describeOther } from '../../workspace/resource.ts';
import { logConfigurationOf, readersOf } from './logConfigurations.ts';
import { settingOf } from './logFile.ts';
import { mountsOf, volumeOf } from './nodePaths.ts';
import { readSize } from './readSize.ts';

/** A buffer that may grow beyond its volume has the pod evicted, and what it holds is lost. */
export const rule = defineRule({
  id: 'logging/buffer-over-volume',
  severity: 'warning',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check(resource, graph) {
    const configuration = logConfigurationOf(resource);
    if (!configuration || configuration.open) return;
    const { sections } = configuration;
    const service = sections.find(({ kind }) => kind === 'service');
    const path = service && settingOf(service, 'storage.path');
    const limits = sections
      .filter(({ kind }) => kind === 'output')
      .flatMap((section) => settingOf(section, 'storage.total_limit_size') ?? []);
    const sizes = limits.map(({ value }) => readSize(value));
    if (!path || limits.length === 0 || sizes.some((size) => size === undefined)) return;
    const sum = sizes.reduce<number>((total, size) => total + size!, 0);
    for (const reader of readersOf(resource, graph)) {
      const mounts = mountsOf(reader);
      const volume = mounts && volumeOf(path.value, mounts)?.volume;
      const room = volume?.find('emptyDir', 'sizeLimit');
      const bytes = readQuantity(room?.scalar);
      if (!room || bytes === undefined || sum <= bytes) continue;
      const written = limits.map(({ value }) => value).join(' + ');
      yield {
        at: limits[0]!.at,
        message: `The outputs may keep ${written} in ${path.value}, but the volume ${volume?.text('name') ?? ''} of ${describeOther(reader)} holds ${room.text()}.`,
        related: [{ at: room, message: 'The size of the volume.' }],
      };
    }
  },
});
