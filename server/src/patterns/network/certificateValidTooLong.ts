import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { readDuration } from '../../rules/parts/duration.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { describe } from '../../workspace/resource.ts';

/** A stolen key is of use as long as its certificate is valid: `policies.certificates.maxDuration` of slipway.yaml. */
export const rule = defineRule({
  id: 'network/certificate-valid-too-long',
  severity: 'warning',
  profile: 'recommended',
  types: ['cert-manager.io/Certificate'],
  equivalents: ['kyverno:cert-manager-limit-duration'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'certificates');
    const most = demand?.policy.maxDuration;
    const node = resource.root.find('spec', 'duration');
    const [written, limit] = [readDuration(node?.scalar), readDuration(most)];
    if (!demand || !node || most === undefined || written === undefined || limit === undefined) return;
    if (written <= limit) return;
    yield {
      at: node,
      message: `${describe(resource)} is valid for ${node.text()}, longer than ${most}.`,
      ...demand.because('maxDuration'),
      fixes: [{ title: `Use ${most}`, safe: false, edits: () => [replaceValue(node, most)] }],
    };
  },
});
