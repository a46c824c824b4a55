import { demandOf } from '../../rules/parts/policies.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** Labels that nobody agreed on are read by nobody: `policies.dockerfile.strictLabels` of slipway.yaml. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/label-not-agreed',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['hadolint:DL3050'],
  *check(file, resource, graph) {
    const demand = demandOf(resource, graph, 'dockerfile');
    if (demand?.policy.strictLabels !== true) return;
    const agreed = demand.policy.labels ?? {};
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'LABEL') continue;
      for (const { name, nameSpan } of instruction.assignments) {
        if (name === '' || name.includes('$') || Object.hasOwn(agreed, name)) continue;
        yield {
          at: placeOf(file, nameSpan),
          message: `The label ${name} is none of those that were agreed on.`,
          ...demand.because('strictLabels'),
        };
      }
    }
  },
});
