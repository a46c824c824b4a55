import { defineRule } from '../../rules/contract.ts';
import { portNameFault } from '../../rules/parts/portNames.ts';
import { describe } from '../../workspace/resource.ts';

const LAST_PORT = 65_535;

/** The API server rejects a Service with a port that cannot be. */
export const rule = defineRule({
  id: 'network/target-port-invalid',
  severity: 'error',
  profile: 'recommended',
  types: ['Service'],
  equivalents: ['kube-linter:invalid-target-ports'],
  *check(resource) {
    const { root } = resource;
    for (const port of root.find('spec', 'ports')?.items ?? []) {
      for (const field of ['port', 'targetPort']) {
        const node = port.find(field);
        const value = node?.scalar;
        if (!node || value === undefined || value === null) continue;
        if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LAST_PORT) continue;
        // A port that is no number is the schema's matter.
        if (typeof value !== 'number' && (typeof value !== 'string' || field === 'port')) continue;
        const fault = typeof value === 'number' ? `ports are 1 to ${LAST_PORT}` : portNameFault(value);
        if (fault === undefined) continue;
        yield { at: node, message: `${describe(resource)} is rejected because of its ${field} ${value}: ${fault}.` };
      }
    }
  },
});
