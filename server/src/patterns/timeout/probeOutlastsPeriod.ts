import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containersOf } from '../../rules/parts/containers.ts';

const DEFAULT_PERIOD_SECONDS = 10;

/** A slow answer delays the next probe, so that a fault is seen later than the period promises. */
export const rule = defineRule({
  id: 'timeout/probe-outlasts-period',
  severity: 'warning',
  profile: 'strict',
  types: CONTAINER_OWNERS,
  *check(resource) {
    for (const { container } of containersOf(resource)) {
      for (const kind of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
        const probe = container.find(kind);
        const timeout = probe?.find('timeoutSeconds');
        const seconds = timeout?.number();
        if (!probe || !timeout || seconds === undefined) continue;
        const period =
          probe.number('periodSeconds') ?? (probe.lacks('periodSeconds') ? DEFAULT_PERIOD_SECONDS : undefined);
        if (period === undefined || seconds < period || (seconds === period && period === 1)) continue;
        const fits = Math.max(1, period - 1);
        yield {
          at: timeout,
          message: `The ${kind} of container ${container.text('name') ?? ''} may take ${seconds} s, but is due every ${period} s.`,
          ...(seconds === period ? { severity: 'information' as const } : {}),
          fixes: [{ title: `Wait ${fits} s`, safe: false, edits: () => [replaceValue(timeout, String(fits))] }],
        };
      }
    }
  },
});
