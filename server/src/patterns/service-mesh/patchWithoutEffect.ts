import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** What Istio's reference of EnvoyFilter says an operation is ignored for, or not valid for. */
const IGNORED: Readonly<Record<string, readonly string[]>> = {
  ADD: ['ROUTE_CONFIGURATION', 'HTTP_ROUTE'],
  REMOVE: ['ROUTE_CONFIGURATION', 'HTTP_ROUTE'],
  REPLACE: ['LISTENER', 'CLUSTER', 'ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE', 'FILTER_CHAIN'],
};

/** The filter is accepted, and nothing changes. */
export const rule = defineRule({
  id: 'service-mesh/patch-without-effect',
  severity: 'warning',
  profile: 'recommended',
  types: ['networking.istio.io/EnvoyFilter'],
  equivalents: ['istioctl:IST0152', 'istioctl:IST0153', 'istioctl:IST0154'],
  *check(resource) {
    const { root } = resource;
    for (const patch of root.find('spec', 'configPatches')?.items ?? []) {
      const operation = patch.find('patch', 'operation');
      const applyTo = patch.find('applyTo');
      if (!operation || !applyTo || !IGNORED[operation.text() ?? '']?.includes(applyTo.text() ?? '')) continue;
      yield {
        at: operation,
        message: `${describe(resource)} has no effect here: ${operation.text()} does not work on ${applyTo.text()}.`,
        related: [{ at: applyTo, message: 'What the patch applies to.' }],
      };
    }
  },
});
