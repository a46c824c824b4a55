import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** Without a provider here or in the mesh's configuration, the data goes nowhere. */
export const rule = defineRule({
  id: 'service-mesh/telemetry-without-provider',
  severity: 'information',
  // The mesh's own configuration may name default providers.
  profile: 'strict',
  types: ['telemetry.istio.io/Telemetry'],
  equivalents: ['istioctl:IST0157'],
  *check(resource) {
    const { root } = resource;
    for (const signal of ['tracing', 'accessLogging']) {
      for (const entry of root.find('spec', signal)?.items ?? []) {
        if (entry.kind !== 'map' || !entry.lacks('providers')) continue;
        if (entry.boolean('disabled') === true || entry.boolean('disableSpanReporting') === true) continue;
        yield {
          at: entry.parent!.keyPlace,
          message: `${describe(resource)} names no provider for its ${signal}, so it depends on the default of the mesh, which may be none.`,
        };
      }
    }
  },
});
